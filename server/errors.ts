/**
 * A failure that its reader can do something about: what happened, and what to do now. Anything else that is thrown is
 * a bug. `status` is the HTTP status it becomes.
 */
export class AppError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly hint: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = 'AppError';
  }
}
