import { randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { Aedes, type Client, type PublishPacket, type Subscription } from 'aedes';
import type { IConnectPacket, Packet } from 'mqtt-packet';
import type { CellListener, LiveCell } from '#server/cells/live-cell.ts';
import type { Admitted } from './admission.ts';
import { brokerHooks } from './broker-hooks.ts';
import { Commands } from './commands.ts';
import { type ConnectRefusal, refuseConnect } from './connect-rules.ts';
import { Connection } from './connection.ts';
import { News } from './evidence-log.ts';
import { guardReads } from './frame-guard.ts';
import { Interest, type Qos } from './interest.ts';
import type { MqttLimits } from './limits.ts';
import { LivePublisher } from './live-publisher.ts';
import { retainedOf } from './live-retained.ts';
import { commandPathOf, refusePublication } from './publish-rules.ts';
import { SessionStore } from './session-store.ts';
import { type TopicTable, topicTableOf } from './topic-table.ts';

export interface BrokerLog {
  info(what: object, message: string): void;
  warn(what: object, message: string): void;
  error(what: object, message: string): void;
}

export interface CellBrokerOptions {
  readonly cell: LiveCell;
  readonly limits: MqttLimits;
  readonly now: () => number;
  readonly log: BrokerLog;
}

/** The MQTT broker of one cell. It listens to the cell only while someone is connected or a session waits for messages. */
export class CellBroker {
  readonly run: number;
  /** By client id inside the broker. */
  readonly connections = new Map<string, Connection>();
  readonly store: SessionStore;
  private cell: LiveCell;
  private publisher: LivePublisher;
  private commands: Commands;
  private readonly news = new Map<string, News>();
  private readonly byStream = new WeakMap<Duplex, Connection>();
  private readonly aedes: Aedes;
  private readonly table: TopicTable;
  private readonly interest: Interest;
  private stopListening: (() => void) | undefined;
  private leftMs: number;
  private isClosed = false;

  private constructor(
    private readonly options: CellBrokerOptions,
    /** There is nothing left to keep it for. */
    private readonly ended: () => void,
  ) {
    const { cell, limits, now } = options;
    this.cell = cell;
    this.run = cell.clock.run;
    this.leftMs = now();
    this.table = topicTableOf(cell.model, cell.model.definition.topicPrefix);
    this.interest = new Interest(this.table);
    this.publisher = this.makePublisher();
    this.commands = this.makeCommands();
    this.store = new SessionStore({
      limits,
      now,
      live: (filters) => retainedOf(this.cell, this.table, limits, filters),
      isGranted: (id, filter) => this.connections.get(id)?.filters.has(filter) ?? false,
    });
    const hooks = brokerHooks({
      limits,
      connectionOn: (conn) => this.connectionOn(conn),
      topicsOf: (filter) => this.table.expand(filter).length,
      publication: (connection, packet) => this.publication(connection, packet),
      refused: (connection, what, reason) => this.refused(connection, what, reason),
    });
    this.aedes = new Aedes({ ...hooks, persistence: this.store });
    this.hear();
  }

  static async open(options: CellBrokerOptions, ended: () => void): Promise<CellBroker> {
    const broker = new CellBroker(options, ended);
    await broker.aedes.listen();
    return broker;
  }

  /** The same cell may have slept meanwhile: it is then another object. */
  adopt(cell: LiveCell): void {
    if (cell === this.cell) return;
    this.rest();
    this.cell = cell;
    this.publisher = this.makePublisher();
    this.commands = this.makeCommands();
  }

  /** Takes over a stream whose next bytes are this CONNECT, unless there is a reason not to: then that is returned. */
  admit(conn: Duplex, connect: IConnectPacket, { principal, client }: Admitted): ConnectRefusal | undefined {
    const { limits, now, log } = this.options;
    const { clientId, clean = true } = connect;
    const { participant } = principal;
    const who = { participant, client, session: randomUUID().slice(0, 13) };
    const news = this.news.get(participant) ?? new News(now);
    this.news.set(participant, news);
    const connection = new Connection(principal, who, clientId || `auto-${who.session}`, clean, news, limits, now);
    const { prefix } = this.table;
    const refusal = refuseConnect(connect, participant, {
      limits,
      prefix,
      store: this.store,
      ids: this.connections.keys(),
    });
    if (refusal) {
      this.refused(connection, 'connect', refusal.reason);
      return refusal;
    }
    this.take(conn, connection);
    guardReads(conn, limits, now, (reason) => {
      log.info({ participant, reason }, 'an MQTT connection is closed');
      this.refused(connection, 'connection', `It was closed: ${reason}.`);
    });
    onPacket(this.aedes.handle(conn), (packet) => {
      // Granted in the SUBACK as QoS 1: nothing is sent at QoS 2.
      if (packet.cmd === 'subscribe') for (const one of packet.subscriptions) one.qos = one.qos > 0 ? 1 : 0;
    });
    conn.once('close', () => this.left(connection));
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

  /** Hangs up on everybody. */
  close(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    this.isClosed = true;
    this.rest();
    for (const connection of this.connections.values()) connection.evidence.closed();
    return new Promise((resolve) => this.aedes.close(resolve));
  }

  private take(conn: Duplex, connection: Connection): void {
    this.stopListening ??= this.cell.listen(this.listener());
    this.cell.advance();
    this.byStream.set(conn, connection);
    this.connections.get(connection.id)?.evidence.closed();
    this.connections.set(connection.id, connection);
    if (!connection.isClean) this.store.begin(connection.id);
  }

  private hear(): void {
    this.aedes.on('client', (client) => {
      const { evidence, clientId, filters } = this.connectionOn(client.conn);
      evidence.opened(clientId);
      for (const [topic, qos] of filters) evidence.subscribe(topic, qos);
      this.refresh();
    });
    this.aedes.on('subscribe', (subscriptions: Subscription[], client) => {
      const { evidence } = this.connectionOn(client.conn);
      for (const { topic, qos } of subscriptions) if ((qos as number) !== 128) evidence.subscribe(topic, qos);
      this.refresh();
    });
    this.aedes.on('unsubscribe', (filters, client) => {
      if (client.closed) return;
      const connection = this.connectionOn(client.conn);
      for (const filter of filters) if (connection.filters.delete(filter)) connection.evidence.unsubscribe(filter);
      this.refresh();
    });
    for (const event of ['clientError', 'connectionError'] as const) {
      this.aedes.on(event, (client, error) => {
        const { participant } = this.connectionOn(client.conn);
        const { message: reason } = error;
        this.options.log.info({ cell: this.cell.id, participant, reason }, 'an MQTT connection failed');
      });
    }
  }

  private left(connection: Connection): void {
    connection.evidence.closed();
    if (this.connections.get(connection.id) !== connection) return;
    this.connections.delete(connection.id);
    this.store.leave(connection.id);
    this.leftMs = this.options.now();
    if (this.isClosed) return;
    this.refresh();
    if (this.connections.size === 0 && this.store.isEmpty) this.ended();
  }

  private publication(connection: Connection, packet: PublishPacket): void {
    const { limits } = this.options;
    const { prefix } = this.table;
    if (packet.qos === 2 && this.store.isIncoming(connection.id, packet.messageId)) return;
    const payload = Buffer.from(packet.payload);
    const publication = { topic: packet.topic, payload, retain: packet.retain };
    const hasRoom = (topic: string, bytes: number) => this.store.hasRoomFor(topic, bytes);
    const reason = refusePublication(publication, { prefix, limits, hasRoom });
    if (reason !== undefined) {
      this.refused(connection, `publish ${packet.topic}`, reason);
      return;
    }
    connection.evidence.publish(packet.topic, payload.length);
    this.publish(packet.topic, payload, packet.qos > 0 ? 1 : 0, packet.retain);
    const path = commandPathOf(packet.topic, prefix);
    if (path === undefined) return;
    const refuse = (what: string, why: string) => this.refused(connection, what, why);
    void this.commands.receive(path, publication, { actor: connection.participant, refuse });
  }

  /** Nothing is ignored in silence: it is evidence, and whoever listens to `refusals` reads why. */
  private refused(connection: Connection, what: string, reason: string): void {
    connection.evidence.refusal(what, reason);
    const topic = `${this.table.prefix}/refusals`;
    this.publisher.sendIfWanted(topic, () => JSON.stringify({ what, reason }));
  }

  private publish(topic: string, payload: Buffer, qos: Qos, retain = false): void {
    this.aedes.publish({ cmd: 'publish', topic, payload, qos, retain, dup: false }, () => {});
  }

  /** Everything that is wanted, by those who are here and by the sessions of those who are not. */
  private refresh(): void {
    const filters = new Map<string, Qos>(this.store.awaited());
    for (const connection of this.connections.values()) {
      for (const [filter, qos] of connection.filters) {
        if (qos > 0 || !filters.has(filter)) filters.set(filter, qos > 0 ? 1 : 0);
      }
    }
    this.publisher.signals.beginWith(this.interest.update(filters));
    this.listenOrRest();
  }

  private listenOrRest(): void {
    const isNeeded = !this.isClosed && (this.connections.size > 0 || this.store.isAwaited);
    if (!isNeeded) this.rest();
    else this.stopListening ??= this.cell.listen(this.listener());
  }

  private rest(): void {
    this.publisher.close();
    this.stopListening?.();
    this.stopListening = undefined;
  }

  private listener(): CellListener {
    const { publisher } = this;
    return {
      advanced: (nowUs) => {
        publisher.advanced(nowUs);
        // A queue that is full wants no more.
        if (this.connections.size === 0) this.refresh();
      },
      happened: (happening) => publisher.happened(happening),
      clockChanged: (clock) => publisher.clockChanged(clock),
      closed: (reason) => {
        this.options.log.info({ cell: this.cell.id, reason }, 'MQTT connections of a cell are closed');
        this.ended();
      },
    };
  }

  private makePublisher(): LivePublisher {
    const { table, interest } = this;
    const { limits, now } = this.options;
    const publish = (topic: string, payload: string, qos: Qos) => this.publish(topic, Buffer.from(payload), qos);
    return new LivePublisher({ cell: this.cell, table, interest, limits, now, publish });
  }

  private makeCommands(): Commands {
    const { limits, log } = this.options;
    const { prefix } = this.table;
    return new Commands({
      cell: this.cell,
      waiting: limits.commandsWaiting,
      answer: (result) => this.publisher.sendIfWanted(`${prefix}/rsp/${result.id}`, () => JSON.stringify(result)),
      failed: (error) => log.error({ err: error, cell: this.cell.id }, 'an MQTT command failed'),
    });
  }

  private connectionOn(conn: Duplex): Connection {
    const connection = this.byStream.get(conn);
    if (!connection) throw new Error('This stream did not come through the door.');
    return connection;
  }
}

/** aedes 1.2 shows packets to nobody before it acts on them, but for this parser of a client. */
function onPacket(client: Client, heard: (packet: Packet) => void): void {
  (client as unknown as { _parser: EventEmitter })._parser.prependListener('packet', heard);
}
