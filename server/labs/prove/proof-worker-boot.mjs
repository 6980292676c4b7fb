// Lets a worker thread run TypeScript where the server itself runs from its sources: in tests and in development.
import { register } from 'tsx/esm/api';

register();
await import('./proof-worker.ts');
