import path from 'node:path';
import { registerEndpoints, type Endpoint } from '@aimwell/contract/platform/endpoint';
import { health, listWork, platformEndpoints, readWork } from '@aimwell/contract/platform/endpoints';
import { conformityEndpoints } from '@aimwell/contract/conformity/endpoints';
import { contextEndpoints } from '@aimwell/contract/context/endpoints';
import { evidenceEndpoints } from '@aimwell/contract/evidence/endpoints';
import { homeEndpoints } from '@aimwell/contract/home/endpoints';
import { identityEndpoints } from '@aimwell/contract/identity/endpoints';
import { erasureEndpoints } from '@aimwell/contract/identity/erasure';
import { integrityEndpoints } from '@aimwell/contract/platform/integrity';
import { leavingEndpoints } from '@aimwell/contract/platform/leaving';
import { outboxEndpoints } from '@aimwell/contract/platform/outbox';
import { packEndpoints } from '@aimwell/contract/platform/pack';
import { trailEndpoints } from '@aimwell/contract/platform/trail';
import { transferEndpoints } from '@aimwell/contract/platform/transfer';
import { processEndpoints } from '@aimwell/contract/processes/endpoints';
import { registers } from '@aimwell/contract/registers';
import { reportEndpoints } from '@aimwell/contract/reports/endpoints';
import { riskEndpoints } from '@aimwell/contract/risks/endpoints';
import { rolesEndpoints } from '@aimwell/contract/roles/endpoints';
import { scopeEndpoints } from '@aimwell/contract/scope/endpoints';
import { soaEndpoints } from '@aimwell/contract/soa/endpoints';
import type { FastifyInstance } from 'fastify';
import { mountCatalog } from './catalog/routes.ts';
import { mountConformity } from './conformity/routes.ts';
import { mountContext } from './context/routes.ts';
import { mountEvidence } from './evidence/routes.ts';
import { mountHome } from './home/routes.ts';
import type { Config } from './platform/config.ts';
import { refuseUnfinishedDirectory } from './platform/backup/unfinished.ts';
import { migrate } from './platform/database/migrate.ts';
import { type OpenedDatabase, openDatabase } from './platform/database/open.ts';
import { createDatabase } from './platform/database/pool.ts';
import { ledgerOf, rememberErasures } from './platform/erasure/ledger.ts';
import { mountErasure } from './platform/erasure/routes.ts';
import { createDirectoryStore } from './platform/files/store.ts';
import { watchedStore } from './platform/files/watched.ts';
import { createApp } from './platform/http/app.ts';
import { type House, mount, mountOpen } from './platform/http/mount.ts';
import { openApi } from './platform/http/openapi.ts';
import { apiPage, mountWeb } from './platform/http/pages.ts';
import { openIdentity } from './platform/identity/identity.ts';
import { openLeaving } from './platform/leaving/open.ts';
import { mountLeaving } from './platform/leaving/routes.ts';
import { mountOutbox } from './platform/outbox/routes.ts';
import type { PackHouse } from './platform/pack/make.ts';
import { mountPacks } from './platform/pack/routes.ts';
import { createLongWork, listWorkOf, readWorkOf } from './platform/queue/work.ts';
import { checkBehaviours, createRegisterActions } from './platform/register/actions.ts';
import { mountRegister } from './platform/register/routes.ts';
import { mountShared } from './platform/register/shared-routes.ts';
import { createSealer } from './platform/secrets/seal.ts';
import { openAnchors } from './platform/trail/guard-anchors.ts';
import type { GuardParts } from './platform/trail/guard-check.ts';
import { mountGuard } from './platform/trail/guard-routes.ts';
import { saveDamagedFile } from './platform/trail/guard-store.ts';
import { mountTrail } from './platform/trail/routes.ts';
import { mountTransfer } from './platform/transfer/routes.ts';
import { recordsWritten } from './processes/conditions.ts';
import { createProcessDeeds } from './processes/deeds.ts';
import { gate } from './processes/gates.ts';
import { mountProcesses } from './processes/routes.ts';
import { besideRecords } from './processes/print/beside.ts';
import { packedProcesses } from './processes/print/packed.ts';
import { packedReports } from './reports/packed.ts';
import { mountReports } from './reports/routes.ts';
import { mountRisks } from './risks/routes.ts';
import { mountRoles } from './roles/routes.ts';
import { behaviours } from './rooms.ts';
import { mountScope } from './scope/routes.ts';
import { mountSoa } from './soa/routes.ts';

export const version = '0.1.0';

/** Everything that works without HTTP: the commands and the tests use it as it is. */
export const openHouse = async (config: Config, given?: OpenedDatabase, options: { readonly restoring?: true } = {}) => {
  if (options.restoring !== true) await refuseUnfinishedDirectory(config.dataDirectory);
  const opened = given ?? (await openDatabase(config));
  try {
    const migrated = await migrate(opened.owner, options);
    const database = createDatabase(migrated.app, { written: recordsWritten });
    const now = () => new Date();
    const sealer = createSealer(path.join(config.dataDirectory, 'keys'));
    const identity = await openIdentity({ connection: migrated.identity, database, config, sealer, now });
    const leaving = openLeaving(config, { mail: identity.parts.mail, sealer, now });
    checkBehaviours(registers, behaviours);
    const actions = createRegisterActions(new Map(behaviours.map((behaviour) => [behaviour.register.name, behaviour])), gate);
    const bareFiles = createDirectoryStore(path.join(config.dataDirectory, 'files'));
    const files = watchedStore(bareFiles, (organisationId, sha256) =>
      database.inOrganisation(organisationId, (tx) => saveDamagedFile(tx, sha256, now())),
    );
    const guard: GuardParts = { database, files: bareFiles, anchors: openAnchors(config.dataDirectory), hour: config.checkHour ?? 3, now };
    const work = createLongWork(database);
    const packing: PackHouse = {
      database,
      files,
      now,
      tsaUrl: config.tsaUrl ?? null,
      reports: async function* (context, asked) {
        // The documents speak of the whole organisation, so they do not go with one system.
        if (asked.scope.kind !== 'system') yield* packedReports({ database, now, config }, context, asked.asOf);
        yield* packedProcesses(database, context, asked);
      },
      beside: besideRecords,
    };
    await rememberErasures(database, ledgerOf(config.dataDirectory));
    const close = async () => {
      await work.settled();
      await identity.close();
      await database.end();
      await opened.stop();
    };
    const processes = createProcessDeeds(actions);
    return { config, opened, migrated, database, identity, actions, processes, files, guard, leaving, work, packing, now, close };
  } catch (error) {
    await opened.stop();
    throw error;
  }
};

export type OpenHouse = Awaited<ReturnType<typeof openHouse>>;

/** Every endpoint there is; OpenAPI and the generated tests read the same list. */
export const allEndpoints = (): Endpoint[] =>
  [
    ...identityEndpoints,
    ...erasureEndpoints,
    ...platformEndpoints,
    ...trailEndpoints,
    ...packEndpoints,
    ...leavingEndpoints,
    ...outboxEndpoints,
    ...integrityEndpoints,
    ...Object.values(transferEndpoints),
    ...Object.values(conformityEndpoints),
    ...riskEndpoints,
    ...scopeEndpoints,
    ...contextEndpoints,
    ...rolesEndpoints,
    ...soaEndpoints,
    ...reportEndpoints,
    ...homeEndpoints,
    ...evidenceEndpoints,
    ...processEndpoints,
    ...registers.flatMap((register) => {
      const { commands, ...rest } = registerEndpoints(register);
      return [...Object.values(rest), ...Object.values(commands)];
    }),
  ] as Endpoint[];

/** The HTTP server over an open house, ready to listen. */
export const buildApp = async (open: OpenHouse, more: (app: FastifyInstance) => void = () => {}): Promise<FastifyInstance> => {
  const { config, database, identity, actions, files } = open;
  const app = await createApp({
    publicUrl: config.publicUrl,
    maxUploadBytes: config.maxUploadBytes,
    trustProxy: config.trustProxy === true,
  });
  const house: House = { database, doorkeeper: identity.doorkeeper, now: open.now };
  mountOpen(app, house, health, async () => ({ value: { status: 'ok' as const, database: open.opened.kind, version } }));
  mountCatalog(app, house);
  identity.mount(app, house);
  mountErasure(app, house, identity.checkSignature, {
    ledger: ledgerOf(config.dataDirectory),
    packs: path.join(config.dataDirectory, 'packs'),
  });
  for (const register of registers) mountRegister(app, house, register, actions, identity.checkSignature);
  mountShared(app, house, actions);
  mountTrail(app, house);
  mountPacks(app, house, { packing: open.packing, work: open.work, directory: path.join(config.dataDirectory, 'packs') });
  mountLeaving(app, house, open.leaving);
  mountOutbox(app, house);
  mountGuard(app, house, open.guard, open.work);
  mountScope(app, house);
  mountContext(app, house);
  mountRoles(app, house);
  mountRisks(app, house);
  mountSoa(app, house);
  mountReports(app, house, config.publicUrl);
  mountConformity(app, house);
  mountHome(app, house);
  mountTransfer(app, house, { actions, files, work: open.work });
  mountEvidence(app, house, { actions, files, maxUploadBytes: config.maxUploadBytes });
  mountProcesses(app, house, { actions, checkSignature: identity.checkSignature }, config.publicUrl);
  mount(app, house, listWork, async (tx, context) => ({ json: await listWorkOf(tx, new Date(context.now.getTime() - 86_400_000)) }));
  mount(app, house, readWork, async (tx, _context, { params }) => ({ json: await readWorkOf(tx, params.id) }));
  const endpoints = allEndpoints();
  const document = JSON.stringify(openApi(endpoints, version));
  app.get('/api/openapi.json', async (_request, reply) => reply.type('application/json; charset=utf-8').send(document));
  app.get('/api', async (_request, reply) => reply.type('text/html; charset=utf-8').send(apiPage(endpoints)));
  more(app);
  await mountWeb(app);
  return app;
};
