#!/usr/bin/env node
// `npx verkstad ...`: the built command line, made first where it is missing or stale.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const setup = fileURLToPath(new URL('../setup.mjs', import.meta.url));
// What the set-up says is no part of what the command prints.
const { status } = spawnSync(process.execPath, [setup, 'build'], { stdio: ['ignore', 2, 2] });
if (status !== 0) process.exit(status ?? 1);
await import('../build/server/cli.js');
