import compression from 'compression';
import express, { type Express } from 'express';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { BUILD_HEADER } from '#contract/web-build.ts';
import { AppError } from '#server/errors.ts';
import type { Logger } from '#server/log.ts';
import { type ApiOptions, apiRouter } from './api.ts';
import { problemHandler } from './problems.ts';
import { webBuildIn } from './web-build.ts';
import { securityHeaders, webPages } from './web-pages.ts';

export interface HttpOptions extends ApiOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The built web client. */
  readonly webFolder: string;
  readonly log: Logger;
  /** Takes over MQTT over WebSocket at `/mqtt`. */
  readonly upgradeMqtt: (req: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;
  /** Takes over other upgrades, by path: the tunnels of `verkstad connect`. */
  readonly upgrades?: Readonly<Record<string, HttpOptions['upgradeMqtt']>>;
}

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

export function httpApp(options: Omit<HttpOptions, 'host' | 'port' | 'upgradeMqtt' | 'upgrades'>): Express {
  const app = express();
  app.disable('x-powered-by');
  // A proxy on this machine may say that the browser spoke TLS.
  app.set('trust proxy', 'loopback');
  app.use(securityHeaders);
  const webBuild = webBuildIn(options.webFolder);
  app.use('/api', (_, res, next) => {
    const build = webBuild();
    if (build !== undefined) res.set(BUILD_HEADER, build);
    next();
  });
  // A cell is described in 300 kB, and a trend in more: a slow line carries a tenth of it.
  app.use('/api', compression());
  app.use('/api', apiRouter(options));
  app.use(webPages(options.webFolder));
  app.use(problemHandler(options.log));
  return app;
}

/** How long a request may take to come whole, and what its headers may hold: whoever dawdles is cut off. */
const patience = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
} as const;

/** Throws if nobody could listen there: it is known before anything else is opened, and without waiting for it. */
export async function expectFreePort({ host, port }: Pick<HttpOptions, 'host' | 'port'>): Promise<void> {
  const probe = createServer();
  await listening(probe, host, port);
  await new Promise((resolve) => probe.close(resolve));
}

const listening = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });

/** Opens the web API, the web client and the way to MQTT over WebSocket on one port. */
export async function startHttpServer(options: HttpOptions): Promise<HttpServer> {
  const { host, port, log, upgradeMqtt, upgrades = {} } = options;
  const ways = new Map(Object.entries({ ...upgrades, '/mqtt': upgradeMqtt }));
  const server = createServer(patience, httpApp(options));
  server.on('upgrade', (req, socket, head) => {
    socket.on('error', () => socket.destroy());
    const upgrade = ways.get(req.url?.split('?')[0] ?? '');
    if (!upgrade) return void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    upgrade(req, socket, head).catch((error: unknown) => {
      if (error instanceof AppError) {
        socket.end(`HTTP/1.1 ${error.status} Conflict\r\nConnection: close\r\n\r\n${error.message} ${error.hint}`);
        return;
      }
      log.error({ err: error }, 'an upgrade failed');
      socket.destroy();
    });
  });
  await listening(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const hint = 'Stop the other program, or set VERKSTAD_HTTP_PORT to a free port.';
  if (error.code === 'EADDRINUSE')
    return new AppError('http_port', `HTTP port ${port} on ${host} is in use.`, hint, 500);
  if (error.code === 'EACCES') {
    return new AppError('http_port', `HTTP port ${port} on ${host} may not be opened.`, hint, 500);
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    const message = `${host} is no address of this machine.`;
    return new AppError('http_host', message, 'Set VERKSTAD_HOST to one, or to 0.0.0.0 for all.', 500);
  }
  return error;
}
