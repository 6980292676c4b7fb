import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface PlainBroker {
  readonly port: number;
  /** Dies as a program that is killed. */
  kill(): Promise<void>;
}

/** A broker of its own in a second process, for one user; ended when the test is over. */
export async function plainBroker(user: string, password: string, port = 0): Promise<PlainBroker> {
  const file = fileURLToPath(new URL('./plain-broker-process.mjs', import.meta.url));
  const child: ChildProcess = fork(file, [user, password, String(port)], { execArgv: [] });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  onTestFinished(kill);
  const [opened] = (await once(child, 'message')) as [{ port: number }];
  return { port: opened.port, kill };
}
