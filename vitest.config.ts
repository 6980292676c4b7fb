import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/**
 * Real servers and browsers share two cores: two files at a time, and room for slow starts. Simulator and server are loaded
 * as Node itself does, not rewritten: then fields of the simulator cost what they cost in the product, a seventh of that.
 * The files share two processes, as cells share one in the product: what is loaded and compiled once serves them all.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/proof/**', '**/node_modules/**'],
    maxWorkers: 2,
    isolate: false,
    execArgv: ['--import', 'tsx'],
    server: { deps: { external: [new RegExp(`^${import.meta.dirname}/(simulator|server)/`)] } },
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/support/plain-reporter.ts'],
  },
});
