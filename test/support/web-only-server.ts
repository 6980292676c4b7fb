/**
 * The web side of the server without the wire doors, so that it starts in a moment: `web-only-server.ts DATA_FOLDER`.
 * Prints `{"pageUrl"}` once it is open. `GET /state/:cell` tells plant time and hash of a cell, for tests that compare.
 */
import express from 'express';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Participants } from '#server/classroom/participants.ts';
import { Tickets } from '#server/classroom/tickets.ts';
import { cellHandlers } from '#server/http/cell-handlers.ts';
import { httpApp } from '#server/http/http-server.ts';
import { gradingHandlers } from '#server/http/grading-handlers.ts';
import { labHandlers } from '#server/http/lab-handlers.ts';
import { paneHandlers } from '#server/http/pane-handlers.ts';
import { participantHandlers } from '#server/http/participant-handlers.ts';
import { reportHandlers } from '#server/http/report-handlers.ts';
import { ticketHandlers } from '#server/http/ticket-handlers.ts';
import { whereaboutsHandlers } from '#server/http/whereabouts-handlers.ts';
import { serverHandlers } from '#server/http/server-handlers.ts';
import { sqlHandlers } from '#server/http/sql-handlers.ts';
import { whatIfHandlers } from '#server/http/what-if-handlers.ts';
import { createAttempts } from '#server/labs/attempts.ts';
import { catalogueOf } from '#server/labs/catalogue.ts';
import { createGrading } from '#server/labs/grading.ts';
import { loadLabs } from '#server/labs/load.ts';
import { openLog } from '#server/log.ts';
import { AttemptsTable } from '#server/store/attempts-table.ts';
import { openDataFolder } from '#server/store/data-folder.ts';
import { ReportsTable } from '#server/store/reports-table.ts';
import { TicketsTable } from '#server/store/tickets-table.ts';
import { WhereaboutsTable } from '#server/store/whereabouts-table.ts';
import { hostForTest } from './host-for-test.ts';

// Whoever started it may die first; then nobody would end it.
process.stdin.resume().on('end', () => process.exit());

const { path, secret } = await openDataFolder(process.argv[2]);
const wall = { now: () => Date.now(), forward: () => {}, leap: () => {}, onTick: () => {} };
const pace = { beatMs: 200, placeMs: 500 };
const { host, store, cells, definitions, participants: table } = await hostForTest(path, wall, pace);
const { now } = wall;
const participants = new Participants({ table, cells, findCell: (id) => host.find(id), secret, now });
const catalogue = (base: string) => {
  const model = definitions.find(base);
  return model && catalogueOf(model);
};
const library = loadLabs(fileURLToPath(new URL('../../labs', import.meta.url)), catalogue);
const course = { store: new AttemptsTable(store), host, library, catalogue, secret, now };
const attempts = createAttempts(course);
const isParticipant = async (id: string) => (await table.find(id)) !== undefined;
const tickets = new Tickets({
  ...{ table: new TicketsTable(store), now },
  attempt: (participant, id) => attempts.view(participant, id, 'en'),
  clock: (cell) => host.clock(cell),
});
const never = () => Promise.reject(new Error('There is no OPC UA here.'));
const noPane = {
  state: never,
  connect: never,
  disconnect: never,
  browse: never,
  read: never,
  subscribe: never,
  ...{
    speak: never,
    abilities: never,
    write: never,
    call: never,
    history: never,
    events: never,
    watch: never,
    condition: never,
  },
};

const app = express();
app.get('/state/:cell', async (req, res) => {
  const live = await host.find(req.params.cell);
  live?.listen({});
  res.json({ simUs: live?.advance(), hash: live?.hash });
});
app.use(
  httpApp({
    ...{ participants, webFolder: '/nowhere', log: openLog({ logLevel: 'error' }) },
    handlers: {
      ...serverHandlers('0'),
      ...participantHandlers({ participants, host, attempts }),
      ...labHandlers(attempts),
      ...whereaboutsHandlers(attempts, new WhereaboutsTable(store)),
      ...ticketHandlers(tickets),
      ...gradingHandlers(createGrading({ ...course, isParticipant })),
      ...reportHandlers(new ReportsTable(store), now),
      ...cellHandlers({
        ...{ host, attempts },
        addresses: { opcua: { endpointUrl: '', namespaceUri: '' }, mqtt: { host: '', port: 1 } },
      }),
      ...whatIfHandlers(host),
      ...sqlHandlers(host),
      ...paneHandlers({ ...noPane, close: never }, participants),
    },
  }),
);
const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ pageUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
});
