import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { Aedes } from 'aedes';
import type { IConnectPacket } from 'mqtt-packet';
import type { LiveCell } from '#server/cells/live-cell.ts';
import { TokenBucket } from '#server/cells/token-bucket.ts';
import type { Admitted } from './admission.ts';
import { followBroker, grantQos1AtMost } from './broker-events.ts';
import type { Bridge } from './bridge/bridge.ts';
import { brokerHooks } from './broker-hooks.ts';
import type { BrokerLog } from './broker-log.ts';
import { type ConnectRefusal, refuseConnect } from './connect-rules.ts';
import { Connection } from './connection.ts';
import { guardReads } from './frame-guard.ts';
import { Interest } from './interest.ts';
import type { MqttLimits } from './limits.ts';
import { LiveLine } from './live-line.ts';
import { livePayloadOf, retainedOf } from './live-retained.ts';
import { Outgoing } from './outgoing.ts';
import { denialOf } from './posture-watch.ts';
import type { PublishRules } from './publish-rules.ts';
import { SessionStore } from './session-store.ts';
import { edgeNamesOf } from './sparkplug/edge-topics.ts';
import { type TopicTable, topicTableOf } from './topic-table.ts';
import { isAnyHeard, wantedFilters } from './wanted-filters.ts';

const GOODBYE_MS = 1000;
/** How the guards of this broker begin the reason for which they hang up. */
const GUARDED = /^(limit|malformed): /;

export interface CellBrokerOptions {
  readonly cell: LiveCell;
  readonly limits: MqttLimits;
  readonly now: () => number;
  readonly log: BrokerLog;
  readonly bridge?: Bridge | undefined;
}

/** The MQTT broker of one cell. It listens to the cell only while someone is connected or a session waits for messages. */
export class CellBroker {
  readonly run: number;
  /** By client id inside the broker. */
  readonly connections = new Map<string, Connection>();
  readonly store: SessionStore;
  private line: LiveLine;
  private readonly byStream = new WeakMap<Duplex, Connection>();
  private readonly aedes: Aedes;
  private readonly outgoing: Outgoing;
  private readonly table: TopicTable;
  private readonly interest: Interest;
  private readonly rules: PublishRules;
  private readonly refusals: TokenBucket;
  private leftMs: number;
  private isClosed = false;
  /** Sessions of those who are away that take more. */
  private awaiting = 0;

  private constructor(
    private readonly options: CellBrokerOptions,
    /** There is nothing left to keep it for. */
    private readonly ended: () => void,
  ) {
    const { cell, limits, now, log } = options;
    this.run = cell.clock.run;
    this.leftMs = now();
    this.refusals = new TokenBucket(limits.refusalsPerSecond, 10 * limits.refusalsPerSecond, now);
    this.table = topicTableOf(cell.model, cell.model.definition.topicPrefix);
    this.interest = new Interest(this.table);
    this.store = new SessionStore({
      limits,
      now,
      live: (filters) => retainedOf(this.table, filters),
      isGranted: (id, filter) => this.connections.get(id)?.filters.has(filter) ?? false,
    });
    const { prefix, vehicles } = this.table;
    const hasRoom = (topic: string, bytes: number) => this.store.hasRoomFor(topic, bytes);
    this.rules = { prefix, edge: edgeNamesOf(prefix), vehicles, limits, hasRoom };
    const connectionOn = (conn: Duplex) => this.connectionOn(conn);
    const hooks = brokerHooks({
      limits,
      connectionOn,
      topicsOf: (filter) => this.table.expand(filter).length,
      livePayload: (topic) => livePayloadOf({ table: this.table, limits, ...this.present }, topic),
      publication: (connection, packet) => this.line.inbox.receive(connection, packet),
      refused: (connection, what, reason) => this.refused(connection, what, reason),
    });
    this.aedes = new Aedes({ ...hooks, persistence: this.store });
    this.outgoing = new Outgoing(this.aedes, { connections: this.connections, stalledMs: limits.stalledMs, now });
    this.line = this.lineOf(cell);
    followBroker(this.aedes, {
      connectionOn,
      takeUnsent: (id) => this.store.takeUnsent(id),
      wantedChanged: () => this.refresh(),
      failed: (connection, reason) => {
        const { participant } = connection;
        log.info({ cell: cell.id, participant, reason }, 'an MQTT connection failed');
        // What its guards found was told by them.
        if (!GUARDED.test(reason)) this.refused(connection, 'connection', `It was closed: ${reason}.`);
      },
    });
  }

  static async open(options: CellBrokerOptions, ended: () => void): Promise<CellBroker> {
    const broker = new CellBroker(options, ended);
    await broker.aedes.listen();
    return broker;
  }

  /** The same cell may have slept meanwhile: it is then another object. */
  adopt(cell: LiveCell): void {
    if (cell === this.line.cell) return;
    this.line.rest();
    this.line = this.lineOf(cell);
  }

  /** Takes over a stream whose next bytes are this CONNECT, unless there is a reason not to: then that is returned. */
  admit(conn: Duplex, connect: IConnectPacket, { principal, client }: Admitted): ConnectRefusal | undefined {
    const { limits, now, log } = this.options;
    const { clientId, clean = true } = connect;
    const { participant } = principal;
    const who = { participant, client, session: randomUUID().slice(0, 13) };
    const connection = new Connection({
      ...{ principal, who, clientId: clientId || `auto-${who.session}`, isClean: clean, limits, now },
      ...{ stream: conn, isProtected: client === 'pane' || isEncrypted(conn) },
    });
    const refusal =
      denialOf(this.line.cell, connection) ??
      refuseConnect(connect, participant, {
        limits,
        rules: this.rules,
        store: this.store,
        ids: this.connections.keys(),
      });
    if (refusal) {
      this.refused(connection, 'connect', refusal.reason);
      this.endIfIdle();
      return refusal;
    }
    this.take(connection);
    if (connect.will) connection.evidence.will(connect.will.topic);
    guardReads(conn, limits, now, (reason) => {
      log.info({ participant, reason }, 'an MQTT connection is closed');
      this.refused(connection, 'connection', `It was closed: ${reason}.`);
    });
    grantQos1AtMost(this.aedes.handle(conn));
    this.options.bridge?.enter(principal);
    conn.once('close', () => {
      this.left(connection);
      this.options.bridge?.leave(principal);
    });
    return undefined;
  }

  /** Forgets sessions whose hour is over, and ends when there is nothing to keep any more. */
  sweep(): void {
    this.store.forgetExpired();
    this.refresh();
    const { now, limits } = this.options;
    const isStale = !this.store.hasSessions && now() - this.leftMs >= limits.sessionMs;
    if (this.connections.size === 0 && (this.store.isEmpty || isStale)) this.ended();
  }

  /** Says what there is to say when the line goes, and hangs up on everybody. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    const told = this.outgoing.sayLast(() => this.line.publisher.leave());
    this.line.rest();
    // Who takes nothing any more does not keep the others here.
    await Promise.race([told, setTimeout(GOODBYE_MS, undefined, { ref: false })]);
    for (const connection of this.connections.values()) connection.evidence.closed();
    await new Promise<void>((resolve) => this.aedes.close(resolve));
  }

  private get present() {
    const { cell, publisher } = this.line;
    return { cell, vehicles: publisher.vehicles };
  }

  private take(connection: Connection): void {
    this.line.listen();
    this.line.cell.advance();
    this.byStream.set(connection.stream, connection);
    this.connections.get(connection.id)?.evidence.closed();
    this.connections.set(connection.id, connection);
    if (!connection.isClean) this.store.begin(connection.id);
  }

  private left(connection: Connection): void {
    connection.evidence.closed();
    if (this.connections.get(connection.id) !== connection) return;
    this.connections.delete(connection.id);
    this.store.leave(connection.id);
    this.leftMs = this.options.now();
    if (this.isClosed) return;
    this.refresh();
    this.endIfIdle();
  }

  /** Nothing is ignored in silence: it is evidence, and whoever listens to `refusals` reads why. */
  private refused(connection: Connection, what: string, reason: string): void {
    connection.evidence.refusal(what, reason);
    // Who asks for what is refused over and over does not fill the lines of the others.
    if (!this.refusals.take()) return;
    this.line.publisher.sendIfWanted(`${this.table.prefix}/refusals`, () => JSON.stringify({ what, reason }));
  }

  private refresh(): void {
    const connections = [...this.connections.values()];
    const fresh = this.interest.update(wantedFilters(this.store, connections));
    // Sparkplug is all or nothing: one filter that matches any topic of the edge node is enough.
    this.line.wantedChanged(fresh, isAnyHeard(this.line.publisher.edge.topics, connections));
    this.awaiting = this.store.awaitingSessions;
    const isNeeded = !this.isClosed && (connections.length > 0 || this.awaiting > 0);
    if (isNeeded) this.line.listen();
    else this.line.rest();
  }

  private endIfIdle(): void {
    if (this.connections.size === 0 && this.store.isEmpty) this.ended();
  }

  private lineOf(cell: LiveCell): LiveLine {
    const { table, interest, rules, store, outgoing, connections } = this;
    const { limits, now, log } = this.options;
    return new LiveLine({
      ...{ cell, table, interest, limits, rules, store, outgoing, connections, now, log },
      refused: (connection, what, reason) => this.refused(connection, what, reason),
      advanced: () => {
        // A queue that is full wants no more.
        if (this.connections.size === 0 && this.store.awaitingSessions !== this.awaiting) this.refresh();
      },
      ended: () => this.ended(),
    });
  }

  private connectionOn(conn: Duplex): Connection {
    const connection = this.byStream.get(conn);
    if (!connection) throw new Error('This stream did not come through the door.');
    return connection;
  }
}

const isEncrypted = (conn: Duplex): boolean => 'encrypted' in conn && conn.encrypted === true;
