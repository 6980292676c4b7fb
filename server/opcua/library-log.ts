import { setDebugLogger, setErrorLogger, setWarningLogger } from 'node-opcua';

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
}

/**
 * node-opcua prints to standard output. What it calls errors are mostly clients that do something wrong, so all of it
 * becomes debug output of our own log. The library keeps one logger for the whole process.
 */
export function quietLibrary(log: Log): void {
  const pass = (_where: unknown, ...parts: unknown[]): void => {
    log.debug(`node-opcua: ${parts.map(String).join(' ').slice(0, 500)}`);
  };
  setErrorLogger(pass);
  setWarningLogger(pass);
  setDebugLogger(pass);
}
