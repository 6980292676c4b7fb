import { SQL_TABLES, hasTime, type SqlColumnShape, type SqlTable } from '#contract/sql-tables.ts';
import { Button } from 'react-aria-components';
import { printedUnit } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { EXAMPLES, type ExampleName } from './examples.ts';

interface TableBrowserProps {
  readonly onExample: (name: ExampleName) => void;
  readonly onInsert: (word: string) => void;
}

/** What can be asked for: queries to begin from, and every table with its columns. */
export function TableBrowser({ onExample, onInsert }: TableBrowserProps) {
  const { t } = useWords();
  return (
    <div className="data-side">
      <h2>{t('data.examples')}</h2>
      <ul className="data-examples">
        {(Object.keys(EXAMPLES) as ExampleName[]).map((name) => (
          <li key={name}>
            <Button className="btn sm" onPress={() => onExample(name)}>
              {t(`data.ex.${name}`)}
            </Button>
          </li>
        ))}
      </ul>
      <h2>{t('data.tables')}</h2>
      {(Object.keys(SQL_TABLES) as SqlTable[]).map((table) => (
        <details key={table} className="data-shape">
          <summary>
            <code>{table}</code>
          </summary>
          <p className="muted small">{t(`data.is.${table}`)}</p>
          <ul>
            {columnsOf(table).map(({ name, type, unit }) => (
              <li key={name}>
                <Button className="btn sm ghost" aria-label={t('data.insert', { name })} onPress={() => onInsert(name)}>
                  <code>{name}</code>
                </Button>
                <span className="muted small">{unit ? printedUnit(unit) : type.toLowerCase()}</span>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
}

function columnsOf(table: SqlTable): readonly SqlColumnShape[] {
  return hasTime(table) ? [...SQL_TABLES[table], { name: 'time', type: 'TEXT' }] : SQL_TABLES[table];
}
