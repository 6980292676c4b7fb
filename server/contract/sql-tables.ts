/** A column of a table that SQL can ask for. Units are UCUM; times are seconds of plant time since the line began. */
export interface SqlColumnShape {
  readonly name: string;
  readonly type: 'REAL' | 'INTEGER' | 'TEXT';
  readonly unit?: string;
}

const real = (name: string, unit?: string): SqlColumnShape => ({ name, type: 'REAL', ...(unit && { unit }) });
const whole = (name: string, unit?: string): SqlColumnShape => ({ name, type: 'INTEGER', ...(unit && { unit }) });
const word = (name: string): SqlColumnShape => ({ name, type: 'TEXT' });
const t = real('t', 's');

/**
 * What each table holds is said in the words of the Data pane. Tables whose first column is `t` have `time` as well, the
 * same instant as ISO 8601 text in UTC, by which SQLite's own functions of date and time go.
 */
export const SQL_TABLES = {
  signals: [t, word('path'), real('value'), word('quality')],
  signal_list: [word('path'), word('station'), word('unit'), word('kind'), word('text')],
  events: [t, word('event'), word('station'), whole('value')],
  states: [t, real('end_t', 's'), real('duration', 's'), word('station'), word('state'), word('category')],
  parts: [t, real('left_t', 's'), whole('serial'), word('variant'), word('fate'), whole('reworked')],
  visits: [t, real('end_t', 's'), whole('serial'), word('station'), word('facts')],
  orders: [
    ...[t, real('due_t', 's'), real('ended_t', 's'), whole('number'), word('variant')],
    ...[whole('quantity'), whole('priority'), word('state'), whole('good'), whole('scrapped')],
  ],
  alarms: [t, word('alarm'), word('signal'), word('event'), word('priority'), real('setpoint')],
} as const satisfies Readonly<Record<string, readonly SqlColumnShape[]>>;

export type SqlTable = keyof typeof SQL_TABLES;

export const hasTime = (table: SqlTable): boolean => SQL_TABLES[table][0].name === 't';
