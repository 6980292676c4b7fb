/** The topic of a signal below the prefix of its cell: `ST03.Spindle.Load` is `ST03/Spindle/Load`. */
export const topicOfPath = (path: string): string => path.replaceAll('.', '/');
