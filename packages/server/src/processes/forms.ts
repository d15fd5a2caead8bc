import { registerEndpoints } from '@aimwell/contract/platform/endpoint';
import { registerNamed } from '@aimwell/contract/registers';
import type { Register } from '@aimwell/contract/platform/register';
import { holdsOneOf, type Role } from '@aimwell/core/roles/permissions';
import { refusal } from '@aimwell/core/shared/refusal';
import type { z } from 'zod';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { invalid, ProblemError, refused } from '../platform/errors.ts';
import { issues } from '../platform/http/mount.ts';
import type { RegisterActions } from '../platform/register/actions.ts';
import type { CheckSignature } from '../platform/register/routes.ts';
import type { RecordOf } from './around.ts';

export interface FormInput {
  /** `register:create`, `register:patch` or `register:command`. */
  readonly form: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly record: RecordOf | null;
  readonly password: string | undefined;
}

export interface Forms {
  readonly actions: RegisterActions;
  readonly checkSignature: CheckSignature;
}

/**
 * Carries out the action that a step's form names, with all the rules of its register, in the running transaction. Answers the
 * record that it made or changed. Throws what the action throws: nothing of the task is done then.
 */
export const carryOutForm = async (tx: Tx, context: Context, { actions, checkSignature }: Forms, input: FormInput): Promise<RecordOf> => {
  const [name = '', deed = ''] = input.form.split(':');
  const register = registerNamed(name);
  const endpoints = registerEndpoints(register);
  if (deed === 'create') {
    permit(context, register.permissions.create);
    const { reason, ...values } = parsed(endpoints.create.body as z.ZodType, input.values) as { reason?: string };
    const [row] = await actions.create(tx, context, register, [values], { reason });
    return { register: name, id: row?.id ?? '' };
  }
  const { id } = recordFor(register, input.record);
  if (deed === 'patch') {
    permit(context, register.permissions.change);
    const { reason, ...set } = parsed(endpoints.patch.body as z.ZodType, input.values) as { reason?: string };
    await actions.change(tx, context, register, [{ id, version: null, set }], { reason });
    return { register: name, id };
  }
  const declared = register.commands.find((command) => command.name === deed);
  if (declared === undefined) throw new Error(`${name} has no command ${deed}`);
  permit(context, declared.roles);
  const values = parsed(declared.input, input.values);
  if (declared.signature === true) await checkSignature(context, input.password);
  await actions.command(tx, context, register, declared, id, null, values);
  return { register: name, id };
};

const permit = ({ actor }: Context, allowed: readonly Role[]): void => {
  if (!holdsOneOf(actor.roles, allowed))
    throw new ProblemError('FORBIDDEN', {
      detail: `The form of this task takes one of the roles ${allowed.join(', ')}; you hold ${actor.roles.join(', ')}.`,
    });
};

const parsed = (schema: z.ZodType, given: unknown): Readonly<Record<string, unknown>> => {
  const result = schema.safeParse(given);
  if (!result.success)
    throw invalid(
      issues(result.error, given, schema)
        .slice(0, 50)
        .map((item) => ({ ...item, field: item.field === undefined ? 'form' : `form.${item.field}` })),
    );
  return result.data as Record<string, unknown>;
};

const recordFor = (register: Register, record: RecordOf | null): RecordOf => {
  if (record !== null && record.register === register.name) return record;
  throw refused([
    refusal(
      'RECORD_NEEDED',
      `expected a record of ${register.name} for the form of this task, got ${record === null ? 'none' : `one of ${record.register}`}`,
      'Name it as record.',
      'record',
    ),
  ]);
};
