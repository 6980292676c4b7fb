import express, { type RequestHandler, Router } from 'express';
import helmet, { type HelmetOptions } from 'helmet';
import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { AppError } from '#server/errors.ts';
import { earlyLinksIn } from './early-links.ts';

/** What our pages may load and do. Scripts come from us alone, and none makes HTML of text. */
const policy: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'font-src': ["'self'"],
      'img-src': ["'self'", 'data:', 'blob:'],
      'connect-src': ["'self'", 'ws:', 'wss:'],
      'worker-src': ["'self'"],
      'manifest-src': ["'self'"],
      'form-action': ["'self'"],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'none'"],
      'require-trusted-types-for': ["'script'"],
    },
  },
  // The server speaks plain HTTP; whoever puts TLS before it decides about this.
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
};

export const securityHeaders = helmet(policy);

const FOREVER = 'public, max-age=31536000, immutable';
/** By content coding, the better first; browsers take Brotli over TLS or from their own machine only. */
const PACKED = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** What was packed beside a script or style when it was built is sent as it is, so that packing costs nobody time. */
function packedAssets(folder: string): RequestHandler {
  return (req, res, next) => {
    const isPackable = /^(GET|HEAD)$/.test(req.method) && /^\/assets\/[\w.-]+\.(js|css)$/.test(req.path);
    const [coding, ending = ''] = (isPackable && PACKED.find(([name]) => req.acceptsEncodings(name))) || [];
    const file = req.path.slice(1) + ending;
    if (coding === undefined || !existsSync(join(folder, file))) {
      next();
      return;
    }
    res.type(extname(req.path)).set({ 'Content-Encoding': coding, Vary: 'Accept-Encoding', 'Cache-Control': FOREVER });
    res.sendFile(file, { root: folder, cacheControl: false });
  };
}

/** The built web client: files with a digest in their name for ever, everything else through its one page. */
export function webPages(folder: string): Router {
  const router = Router();
  const earlyLinks = earlyLinksIn(folder);
  const setHeaders = (res: express.Response, path: string) => {
    const isDigested = path.startsWith(join(folder, 'assets'));
    res.set('Cache-Control', isDigested ? FOREVER : 'no-cache');
  };
  router.use(packedAssets(folder));
  router.use(express.static(folder, { setHeaders, index: 'index.html' }));
  router.get('/{*path}', (req, res, next) => {
    if (req.path.startsWith('/assets/') || !req.accepts('html')) {
      next();
      return;
    }
    const links = req.path === '/workspace' ? earlyLinks() : undefined;
    if (links !== undefined) res.set('Link', links);
    res.set('Cache-Control', 'no-cache').sendFile(join(folder, 'index.html'), (error?: NodeJS.ErrnoException) => {
      if (!error) return;
      const isMissing = error.code === 'ENOENT';
      next(isMissing ? new AppError('no_page', 'The web client is not built.', 'Run npm start.', 503) : error);
    });
  });
  router.use((req) => {
    throw new AppError('not_found', `There is no ${req.path}.`, 'Start from the first page.', 404);
  });
  return router;
}
