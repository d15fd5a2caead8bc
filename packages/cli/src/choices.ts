import { type Role, roles } from '@aimwell/core/roles/permissions';
import { InvalidArgumentError } from 'commander';

/** A role as people type it: `aims_manager` or `aims-manager`. */
export const parseRole = (text: string): Role => {
  const wanted = text.trim().replaceAll('-', '_');
  const found = roles.find((role) => role === wanted);
  if (found === undefined) throw new InvalidArgumentError(`Expected one of ${roles.join(', ')}.`);
  return found;
};

/** Roles given by repeating the option or with commas between them. */
export const collectRoles = (text: string, before: readonly Role[] = []): readonly Role[] => [
  ...new Set([...before, ...text.split(',').map(parseRole)]),
];

/** A whole number of days. */
export const parseDays = (text: string): number => {
  const days = Number(text);
  if (!Number.isInteger(days)) throw new InvalidArgumentError('Expected a whole number of days.');
  return days;
};

/** A calendar day, ISO 8601. */
export const parseDay = (text: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('Expected a day such as 2026-03-31.');
  return text;
};
