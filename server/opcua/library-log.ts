import { setDebugLogger, setErrorLogger, setWarningLogger } from 'node-opcua';

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
}

let sink: Log | undefined;

function pass(_where: unknown, ...parts: unknown[]): void {
  sink?.debug(`node-opcua: ${parts.map(String).join(' ').slice(0, 500)}`);
}

// At once, since the library prints to standard output as soon as it is loaded.
setErrorLogger(pass);
setWarningLogger(pass);
setDebugLogger(pass);

/**
 * Leads what node-opcua has to say, in this whole process, to the debug output of our own log. What it calls errors are
 * mostly clients that do something wrong.
 */
export function quietLibrary(log: Log): void {
  sink = log;
}
