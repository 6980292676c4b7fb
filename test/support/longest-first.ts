import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes long, the longest first. With two files at a time, a long one at the end would leave a processor idle. */
const LONGEST = [
  /e2e\/(accessibility|rules-alarms|captures|configuration|keyboard-lab|interruptions)/,
  /simulator\/theory/,
  /test\/(e2e|bench|labs)\//,
  /integration\/(secrets|attacks)\//,
  /integration\//,
];

/** Where nothing is remembered of former runs, as in CI, the folder of a test says best how long it takes. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex((pattern) => pattern.test(moduleId));
      return found < 0 ? LONGEST.length : found;
    };
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}
