import { Text } from '#contract/text.ts';
import { plantTime, printedUnit, withUnit } from '../../i18n/format.ts';
import { type Speech, useWords } from '../../i18n/use-words.ts';
import type { CellSession } from '../../live/cell-session.ts';
import { useSession } from '../../live/use-session.ts';
import { type Name, nameOf, valueText } from './document-words.ts';
import { Facts } from './facts.tsx';
import { figures } from './series.ts';

type Fields = Readonly<Record<string, unknown>>;
type Units = Readonly<Record<string, string>>;
type Entry = readonly [key: string, value: unknown];

/** Instants of plant time, in seconds since its beginning. */
const INSTANTS = new Set(['issuedAtS', 'askedS', 'dueS', 'comesS', 'released', 'due']);

interface DocumentBodyProps {
  readonly content: Fields;
}

/** Whatever JSON holds, as headings, names with values, and tables. */
export function DocumentBody({ content }: DocumentBodyProps) {
  return <Section fields={content} level={0} />;
}

interface SectionProps {
  readonly fields: Fields;
  readonly level: number;
  /** UCUM codes by field. */
  readonly units?: Units;
}

function Section({ fields: given, level, units = {} }: SectionProps) {
  const speech = useWords();
  const session = useSession();
  const { units: unitsBelow, ...fields } = given as Fields & { readonly units?: Units };
  // Limits are in the units of what they limit.
  const unitsOf = (key: string) => unitsBelow ?? (key === 'limits' ? units : {});
  const entries = Object.entries(fields);
  const plain = entries.filter(([, value]) => isPlain(value));
  const rich = entries.filter(([, value]) => !isPlain(value));
  const name = (key: string) => nameText(nameOf(key), speech);
  return (
    <div className="document">
      {plain.length > 0 && (
        <Facts
          facts={plain.map(([key, value]) => [
            name(key),
            withUnit(plainText([key, value], speech, session), printedUnit(units[key] ?? '1')),
          ])}
        />
      )}
      {rich.map(([key, value]) => (
        <div key={key}>
          {level < 2 ? <h3>{name(key)}</h3> : <p className="small muted">{name(key)}</p>}
          {Array.isArray(value) ? (
            <List items={value as Fields[]} level={level} />
          ) : (
            <Section fields={value as Fields} level={level + 1} units={unitsOf(key)} />
          )}
        </div>
      ))}
    </div>
  );
}

/** Alike things as a table, which may be wider than its place; things with parts one after the other. */
function List({ items, level }: { readonly items: readonly Fields[]; readonly level: number }) {
  const speech = useWords();
  const session = useSession();
  const keys = [...new Set(items.flatMap(Object.keys))];
  if (items.some((item) => Object.values(item).some((value) => !isPlain(value)))) {
    return items.map((item, k) => (
      <div key={k}>
        <p className="small muted">{speech.t('captures.entry', { n: k + 1 })}</p>
        <Section fields={item} level={level + 1} />
      </div>
    ));
  }
  return (
    <div
      className="table-scroll"
      role="group"
      tabIndex={0}
      aria-label={keys.map((key) => nameText(nameOf(key), speech)).join(', ')}
    >
      <table className="plain-table">
        <thead>
          <tr>
            {keys.map((key) => (
              <th key={key} scope="col">
                {nameText(nameOf(key), speech)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item, k) => (
            <tr key={k}>
              {keys.map((key) => (
                <td key={key}>{plainText([key, item[key]], speech, session)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const OnlyText = Text.strict();
const isText = (value: unknown): value is Text => OnlyText.safeParse(value).success;

/** Fits in one line: no object but a text, no list of objects. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => typeof one !== 'object' || one === null);
  return typeof value !== 'object' || value === null || isText(value);
}

function plainText([key, value]: Entry, { t, n, say, language }: Speech, { clock }: CellSession): string {
  if (value === null || value === undefined || value === '') return '–';
  if (isText(value)) return say(value);
  if (typeof value === 'boolean') return t(value ? 'inspector.yes' : 'inspector.no');
  if (typeof value === 'number') {
    if (INSTANTS.has(key)) return plantTime(clock.epochMs(value * 1e6), language);
    return n(value, Number.isInteger(value) ? 0 : figures(value));
  }
  if (Array.isArray(value)) return value.length === 0 ? t('captures.nothing') : value.map(String).join(', ');
  if (typeof value !== 'string') return JSON.stringify(value);
  const known = valueText(value);
  return known ? say(known) : value;
}

const nameText = ({ text, key }: Name, { say }: Speech): string => (text ? say(text) : key);
