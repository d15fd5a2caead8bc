import { gateEndpoints } from '@aimwell/contract/processes/gates';
import { mapEndpoints } from '@aimwell/contract/processes/maps';
import { runEndpoints } from '@aimwell/contract/processes/runs';
import { taskEndpoints } from '@aimwell/contract/processes/tasks';
import type { FastifyInstance } from 'fastify';
import { type House, mount, mountOpen } from '../platform/http/mount.ts';
import { approveVersion } from './approve.ts';
import { calendarOf, calendarSince, closeCalendar, openCalendar } from './calendar.ts';
import { departuresOf } from './departures.ts';
import { changeSteps } from './change-steps.ts';
import type { Forms } from './forms.ts';
import { closeDeviation, inEmergency, listDeviations, listGates, readDeviation, removeGate, setGate } from './gates.ts';
import { cycleTimesOf, heatOf } from './heat.ts';
import { checkMap } from './judge.ts';
import { listMaps, readMapView, readVersionFile, readVersionView } from './map-reads.ts';
import { createMap, listShipped, registerOf } from './maps.ts';
import { compareVersions } from './compare.ts';
import { migrateRuns } from './migrate.ts';
import { holdNewest, refuseBlind } from './onto.ts';
import { overlayOf } from './overlay.ts';
import { receiveMessage, sendSignal } from './messages.ts';
import { mapReport } from './print/map-report.ts';
import { printed } from './print/printed.ts';
import { runReport } from './print/run-report.ts';
import { prepareMap } from './read-map.ts';
import { readTask } from './read-task.ts';
import { resumeRun, retryIncident, setRunVariables, startByHand, suspendRun, terminateRun } from './run-actions.ts';
import { listIncidents, listRuns, readRun } from './run-reads.ts';
import { attachEvidence, claimTask, commentTask, completeTask, handTask, releaseTask } from './task-actions.ts';
import { countTasks, listTasks } from './task-reads.ts';
import { retireVersion, sendBackVersion, submitVersion, writeVersion } from './versions.ts';

const mountMaps = (app: FastifyInstance, house: House, { checkSignature }: Forms): void => {
  const at = mapEndpoints;
  mount(app, house, at.list, async (tx, context) => ({ json: await listMaps(tx, context) }));
  mount(app, house, at.shipped, async (tx) => ({ value: { items: await listShipped(tx) } }));
  mount(app, house, at.read, async (tx, context, { params }) => ({ json: await readMapView(tx, context, params.id) }));
  mount(app, house, at.create, async (tx, context, { body }) => ({
    json: await readMapView(tx, context, await createMap(tx, context, body)),
  }));
  mount(app, house, at.upload, async (tx, context, { params, body }) => {
    await readMapView(tx, context, params.id);
    await (body.onto === undefined ? refuseBlind(tx, context, params.id) : holdNewest(tx, params.id, body.onto));
    return readVersionView(
      tx,
      await writeVersion(tx, context, params.id, await prepareMap(body, await registerOf(tx, params.id)), body.note),
    );
  });
  mount(app, house, at.check, async (_tx, _context, { body }) => ({
    later: async () => ({ value: await checkMap(body.xml, body.register) }),
  }));
  mount(app, house, at.heat, async (tx, _context, { params, query }) => ({ json: await heatOf(tx, params.id, query.version) }));
  mount(app, house, at.cycleTimes, async (tx, _context, { params }) => ({ json: await cycleTimesOf(tx, params.id) }));
  mount(app, house, at.departures, async (tx, context, { params, query }) => ({
    value: await departuresOf(tx, context, params.id, query),
  }));
  mount(app, house, at.version, async (tx, _context, { params }) => readVersionView(tx, params.id));
  mount(app, house, at.file, async (tx, context, { params: { id }, query: { form } }) =>
    form === 'pdf' ? { later: printed(await mapReport(tx, context, id)) } : readVersionFile(tx, id, form),
  );
  mount(app, house, at.compare, async (tx, _context, { params, query }) => ({ value: await compareVersions(tx, params.id, query.before) }));
  mount(app, house, at.migrate, async (tx, context, { params, body }) => ({
    value: { items: await migrateRuns(tx, context, params.id, body) },
  }));
  mount(app, house, at.steps, async (tx, context, { params, version, body }) =>
    readVersionView(tx, await changeSteps(tx, context, params.id, version, body)),
  );
  mount(app, house, at.submit, async (tx, context, { params, version }) => {
    await submitVersion(tx, context, params.id, version);
    return readVersionView(tx, params.id);
  });
  mount(app, house, at.sendBack, async (tx, context, { params, version, body }) => {
    await sendBackVersion(tx, context, params.id, version, body.reason);
    return readVersionView(tx, params.id);
  });
  mount(app, house, at.approve, async (tx, context, { params, version, body }) => {
    await approveVersion(tx, context, params.id, {
      seen: version,
      password: body.password,
      runningInstances: body.runningInstances,
      checkSignature,
    });
    return readVersionView(tx, params.id);
  });
  mount(app, house, at.retire, async (tx, context, { params, version, body }) => {
    await retireVersion(tx, context, params.id, version, body.reason);
    return readVersionView(tx, params.id);
  });
};

const mountRuns = (app: FastifyInstance, house: House): void => {
  const at = runEndpoints;
  mount(app, house, at.list, async (tx, context, { query }) => ({ json: await listRuns(tx, context, query) }));
  mount(app, house, at.start, async (tx, context, { body }) => readRun(tx, context, await startByHand(tx, context, body)));
  mount(app, house, at.read, async (tx, context, { params }) => readRun(tx, context, params.id));
  mount(app, house, at.file, async (tx, context, { params }) => ({ later: printed(await runReport(tx, context, params.id)) }));
  mount(app, house, at.overlay, async (tx, context, { params }) => ({ value: await overlayOf(tx, context, params.id) }));
  mount(app, house, at.terminate, async (tx, context, { params, version, body }) => {
    await terminateRun(tx, context, params.id, version, body.reason);
    return readRun(tx, context, params.id);
  });
  mount(app, house, at.suspend, async (tx, context, { params, version, body }) => {
    await suspendRun(tx, context, params.id, version, body.reason);
    return readRun(tx, context, params.id);
  });
  mount(app, house, at.resume, async (tx, context, { params, version, body }) => {
    await resumeRun(tx, context, params.id, version, body.reason);
    return readRun(tx, context, params.id);
  });
  mount(app, house, at.retry, async (tx, context, { params, version, body }) => {
    await retryIncident(tx, context, params.id, version, body);
    return readRun(tx, context, params.id);
  });
  mount(app, house, at.setVariables, async (tx, context, { params, version, body }) => {
    await setRunVariables(tx, context, params.id, version, body);
    return readRun(tx, context, params.id);
  });
  mount(app, house, at.message, async (tx, context, { body }) => ({ value: await receiveMessage(tx, context, body) }));
  mount(app, house, at.signal, async (tx, context, { body }) => ({ value: { waiting: await sendSignal(tx, context, body) } }));
  mount(app, house, at.incidents, async (tx) => ({ json: await listIncidents(tx) }));
};

const mountTasks = (app: FastifyInstance, house: House, forms: Forms): void => {
  const at = taskEndpoints;
  mount(app, house, at.list, async (tx, context, { query }) => ({ json: await listTasks(tx, context, query) }));
  mount(app, house, at.count, async (tx, context) => ({ json: await countTasks(tx, context) }));
  mount(app, house, at.read, async (tx, context, { params }) => readTask(tx, context, params.id));
  mount(app, house, at.claim, async (tx, context, { params }) => {
    await claimTask(tx, context, params.id);
    return readTask(tx, context, params.id);
  });
  mount(app, house, at.release, async (tx, context, { params }) => {
    await releaseTask(tx, context, params.id);
    return readTask(tx, context, params.id);
  });
  mount(app, house, at.delegate, async (tx, context, { params, body }) => {
    await handTask(tx, context, params.id, 'delegated', body);
    return readTask(tx, context, params.id);
  });
  mount(app, house, at.reassign, async (tx, context, { params, body }) => {
    await handTask(tx, context, params.id, 'reassigned', body);
    return readTask(tx, context, params.id);
  });
  mount(app, house, at.comment, async (tx, context, { params, body }) => {
    await commentTask(tx, context, params.id, body.body);
    return readTask(tx, context, params.id);
  });
  mount(app, house, at.attach, async (tx, context, { params, body }) => {
    await attachEvidence(tx, context, params.id, body);
    return readTask(tx, context, params.id);
  });
  mount(app, house, at.complete, async (tx, context, { params, body, version }) => {
    await completeTask(tx, context, forms, params.id, version, body);
    return readTask(tx, context, params.id);
  });
};

const mountGates = (app: FastifyInstance, house: House, forms: Forms): void => {
  const at = gateEndpoints;
  mount(app, house, at.list, async (tx) => ({ value: await listGates(tx) }));
  mount(app, house, at.open, async (tx, context, { body: { reason, ...bound } }) => ({ value: await setGate(tx, context, bound, reason) }));
  mount(app, house, at.remove, async (tx, context, { body: { reason, ...bound } }) => {
    await removeGate(tx, context, bound, reason);
    return { value: { done: true as const } };
  });
  mount(app, house, at.emergency, async (tx, context, { body }) => ({
    json: await readDeviation(tx, await inEmergency(tx, context, forms, { ...body, authority: body.authority, password: body.password })),
  }));
  mount(app, house, at.deviations, async (tx) => ({ json: await listDeviations(tx) }));
  mount(app, house, at.close, async (tx, context, { params, body }) => {
    await closeDeviation(tx, context, params.id, body.note);
    return { json: await readDeviation(tx, params.id) };
  });
};

const mountCalendars = (app: FastifyInstance, house: House, publicUrl: string): void => {
  const at = taskEndpoints;
  mount(app, house, at.calendarState, async (tx, context) => ({ value: { since: await calendarSince(tx, context) } }));
  mount(app, house, at.openCalendar, async (tx, context) => ({ value: { address: await openCalendar(tx, context, publicUrl) } }));
  mount(app, house, at.closeCalendar, async (tx, context) => {
    await closeCalendar(tx, context);
    return { value: { done: true as const } };
  });
  mountOpen(app, house, at.calendar, async ({ params }) => ({
    bytes: Buffer.from(await calendarOf(house.database, params.token, publicUrl), 'utf8'),
    type: 'text/calendar; charset=utf-8',
    fileName: 'tasks.ics',
  }));
};

/** Mounts what keeps, shows and moves processes. */
export const mountProcesses = (app: FastifyInstance, house: House, forms: Forms, publicUrl: string): void => {
  mountMaps(app, house, forms);
  mountRuns(app, house);
  mountTasks(app, house, forms);
  mountGates(app, house, forms);
  mountCalendars(app, house, publicUrl);
};
