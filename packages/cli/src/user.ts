import type { Role } from '@aimwell/core/roles/permissions';
import { accountByEmail, setPassword } from '@aimwell/server/platform/identity/accounts';
import { listMembers } from '@aimwell/server/platform/identity/members';
import { createAccountAndMembership } from '@aimwell/server/platform/identity/people';
import { Command } from 'commander';
import { collectRoles, parseDay } from './choices.ts';
import { CannotRun } from './failure.ts';
import { inOrganisation, organisationNamed, withHouse } from './house.ts';
import { answer, say, table } from './output.ts';
import { readNewPassword } from './password.ts';

interface CreateOptions {
  readonly org: string;
  readonly email: string;
  readonly name: string;
  readonly role: readonly Role[];
  readonly function?: string;
  readonly from?: string;
  readonly until?: string;
  readonly passwordStdin?: boolean;
  readonly json?: boolean;
}

const create = (options: CreateOptions): Promise<void> =>
  withHouse(async (house) => {
    const { parts } = house.identity;
    const organisation = await organisationNamed(house, options.org);
    const known = await accountByEmail(parts.pool, options.email);
    const password = known === null ? await readNewPassword(options.passwordStdin === true) : undefined;
    const { account, created, personId } = await createAccountAndMembership(parts, {
      organisation: organisation.id,
      email: options.email,
      name: options.name,
      roles: options.role,
      password,
      function: options.function,
      validFrom: options.from,
      validUntil: options.until,
    });
    if (!created) say(`${account.email} has an account already; it keeps its password.`);
    answer(
      options.json,
      { accountId: account.id, personId, email: account.email, created, roles: options.role, organisation: organisation.slug },
      [`${account.email} belongs to ${organisation.name} as ${options.role.join(', ')}.`],
    );
  });

const list = ({ org, json }: { readonly org: string; readonly json?: boolean }): Promise<void> =>
  inOrganisation(org, async (tx, context) => {
    const members = (await listMembers(tx, context)).map(({ name, function: held, email, roles, status, validFrom, validUntil }) => ({
      name,
      function: held,
      email,
      roles,
      status,
      validFrom,
      validUntil,
    }));
    answer(
      json,
      { members },
      members.length === 0
        ? ['Nobody has access.']
        : table(members.map((member) => [member.email, member.roles.join(', '), member.status, member.name])),
    );
  });

const password = ({ email, passwordStdin }: { readonly email: string; readonly passwordStdin?: boolean }): Promise<void> =>
  withHouse(async ({ identity: { parts } }) => {
    const account = await accountByEmail(parts.pool, email);
    if (account === null)
      throw new CannotRun(`Nobody here has the address ${email}.`, 'Look at the addresses: npx aimwell user list --org ORGANISATION');
    await setPassword(parts, account.id, await readNewPassword(passwordStdin === true));
    say(`${account.email} has a new password and is signed out everywhere.`);
  });

const orgOption = ['--org <organisation>', 'short name or id of the organisation'] as const;
const stdinOption = ['--password-stdin', 'read the password from standard input instead of asking for it'] as const;

/** `aimwell user`: people with access. */
export const userCommand = (): Command =>
  new Command('user')
    .description('Give people access, list them, set a password.')
    .addCommand(
      new Command('create')
        .description('Create an account, or give one that exists access to an organisation.')
        .requiredOption(...orgOption)
        .requiredOption('--email <address>', 'address to sign in with')
        .requiredOption('--name <name>', 'name as it stands on what is signed')
        .requiredOption('--role <role>', 'may be repeated', collectRoles)
        .option('--function <function>', 'function held, such as "Head of AI governance"')
        .option('--from <day>', 'first day of access', parseDay)
        .option('--until <day>', 'last day of access; external auditors need both', parseDay)
        .option(...stdinOption)
        .option('--json', 'print the result as JSON')
        .addHelpText(
          'after',
          '\nExamples:\n  npx aimwell user create --org acme --email aims@acme.example --name "AIMS manager" --role aims_manager --function "Head of AI governance"\n  echo "$PASSWORD" | npx aimwell user create --org acme --email audit@firm.example --name "Lead auditor" --role external_auditor --from 2026-03-02 --until 2026-03-13 --password-stdin',
        )
        .action(create),
    )
    .addCommand(
      new Command('list')
        .description('List who has access.')
        .requiredOption(...orgOption)
        .option('--json', 'print the result as JSON')
        .addHelpText('after', '\nExamples:\n  npx aimwell user list --org acme')
        .action(list),
    )
    .addCommand(
      new Command('password')
        .description('Set a new password for somebody who has lost it.')
        .requiredOption('--email <address>', 'address of the account')
        .option(...stdinOption)
        .addHelpText('after', '\nExamples:\n  npx aimwell user password --email aims@acme.example')
        .action(password),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  npx aimwell user create --org acme --email aims@acme.example --name "AIMS manager" --role aims_manager',
    );
