import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one line that every CI can read: `N passed, N failed`. A default export, as vitest wants of a reporter. */
export default class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state).length;
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandledErrors.length;
    console.log(`\n${inState('passed')} passed, ${inState('failed') + broken} failed, ${inState('skipped')} skipped`);
  }
}
