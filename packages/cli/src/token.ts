import { people } from '@aimwell/contract/roles/people';
import { type TokenPurpose, tokenPurposes } from '@aimwell/core/identity/token';
import type { Role } from '@aimwell/core/roles/permissions';
import type { Tx } from '@aimwell/server/platform/database/pool';
import { createOperatorToken } from '@aimwell/server/platform/identity/identity';
import { listTokens, revokeToken } from '@aimwell/server/platform/identity/tokens';
import { findRows } from '@aimwell/server/platform/register/read';
import { Command, Option } from 'commander';
import { parseDays, parseRole } from './choices.ts';
import { CannotRun } from './failure.ts';
import { inOrganisation, organisationNamed, withHouse } from './house.ts';
import { answer, print, say, table } from './output.ts';

interface CreateOptions {
  readonly org: string;
  readonly role: Role;
  readonly days: number;
  readonly name?: string;
  readonly for?: string;
  readonly only?: TokenPurpose;
  readonly json?: boolean;
}

/** The one person of the directory with this address. */
const personWith = async (tx: Tx, email: string): Promise<string> => {
  const wanted = email.trim().toLowerCase();
  const found = (await findRows(tx, people, {})).filter((row) => String(row['email'] ?? '').toLowerCase() === wanted);
  const [one] = found;
  if (one === undefined)
    throw new CannotRun(
      `Nobody in the directory of this organisation has the address ${email}.`,
      'Create the person first: npx aimwell user create --help',
    );
  if (found.length > 1)
    throw new CannotRun(`${found.length} people of the directory have the address ${email}.`, 'Archive the ones that are not meant.');
  return one.id;
};

/** Standard output holds the token and nothing else, so that `TOKEN=$(npx aimwell token create …)` works. */
const create = (options: CreateOptions): Promise<void> =>
  withHouse(async (house) => {
    const organisation = await organisationNamed(house, options.org);
    const personId =
      options.for === undefined ? null : await house.database.inOrganisation(organisation.id, (tx) => personWith(tx, options.for ?? ''));
    const name = options.name ?? `${options.role.replaceAll('_', ' ')} by command`;
    const token = await createOperatorToken(house.identity.parts, organisation.slug, {
      name,
      role: options.role,
      days: options.days,
      personId,
      only: options.only,
    });
    say(`Token "${name}" for ${organisation.name}, role ${options.role}, valid for ${options.days} days. It is shown this once.`);
    if (options.json === true)
      answer(true, { token, organisation: organisation.slug, role: options.role, days: options.days, name, personId }, []);
    else print(token);
  });

const list = ({ org, json }: { readonly org: string; readonly json?: boolean }): Promise<void> =>
  inOrganisation(org, async (tx, context) => {
    const tokens = await listTokens(tx, context);
    answer(
      json,
      { tokens },
      tokens.length === 0
        ? ['No tokens.']
        : table(tokens.map((token) => [token.id, token.role, token.state, `until ${token.expiresAt.slice(0, 10)}`, token.name])),
    );
  });

const revoke = (id: string, { org }: { readonly org: string }): Promise<void> =>
  inOrganisation(org, async (tx, context) => {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
      throw new CannotRun(`"${id}" is not the id of a token.`, `See: npx aimwell token list --org ${org}`);
    await revokeToken(tx, context, id);
    say('The token is revoked.');
  });

const orgOption = ['--org <organisation>', 'short name or id of the organisation'] as const;

/** `aimwell token`: API tokens of an organisation. */
export const tokenCommand = (): Command =>
  new Command('token')
    .description('Create, list and revoke API tokens.')
    .addCommand(
      new Command('create')
        .description('Create an API token; standard output holds the token and nothing else.')
        .requiredOption(...orgOption)
        .requiredOption('--role <role>', 'what it may do', parseRole)
        .option('--days <days>', 'how long it is valid', parseDays, 30)
        .option('--for <email>', 'the person it stands for; needed to sign with it')
        .addOption(new Option('--only <purpose>', 'open this alone, such as a pipeline that brings evidence').choices(tokenPurposes))
        .option('--name <name>', 'what it is for')
        .option('--json', 'print the result as JSON')
        .addHelpText(
          'after',
          '\nExamples:\n  npx aimwell token create --org acme --role administrator --days 30\n  TOKEN=$(npx aimwell token create --org acme --role reader --name "BI export")',
        )
        .action(create),
    )
    .addCommand(
      new Command('list')
        .description('List tokens, without their secrets.')
        .requiredOption(...orgOption)
        .option('--json', 'print the result as JSON')
        .addHelpText('after', '\nExamples:\n  npx aimwell token list --org acme')
        .action(list),
    )
    .addCommand(
      new Command('revoke')
        .description('Make a token useless from now on.')
        .argument('<id>')
        .requiredOption(...orgOption)
        .addHelpText('after', '\nExamples:\n  npx aimwell token revoke 0192f0c1-2b1c-7c55-9d3e-0f5f3f3f3f3f --org acme')
        .action(revoke),
    )
    .addHelpText('after', '\nExamples:\n  npx aimwell token create --org acme --role administrator --days 30');
