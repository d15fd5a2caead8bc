import type { Refusal } from '../shared/refusal.ts';

/** Characters a slug may have at most. */
const most = 40;

/** Every reason against the short name that stands in addresses and commands. */
export function judgeSlug(slug: string): Refusal[] {
  const fits = /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug) && slug.length >= 2 && slug.length <= most;
  // An address takes slug or id; one that looks like an id could stand for another organisation.
  const likeAnId = /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(slug);
  return fits && !likeAnId
    ? []
    : [
        {
          code: 'SLUG_FORM',
          field: 'slug',
          message: `expected 2 to ${most} small letters, digits and single hyphens, got ${slug.slice(0, 60)}`,
          remedy: 'Choose a short name such as acme-robotics.',
        },
      ];
}

/** A slug made from a name: "Ácme Róbotics GmbH" → "acme-robotics-gmbh". `org` when nothing of the name can be kept. */
export function slugFrom(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, most)
    .replaceAll(/^-|-$/g, '');
  return judgeSlug(plain).length === 0 ? plain : 'org';
}

/** The n-th choice for a slug that is taken: `acme`, `acme-2`, `acme-3`… */
export const slugChoice = (slug: string, n: number): string => (n <= 1 ? slug : `${slug.slice(0, most - 5).replace(/-$/, '')}-${n}`);
