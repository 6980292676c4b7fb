import type { SqlResult, SqlValue } from '#contract/sql.ts';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { localeOf, printedUnit, typeset } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';

const ROWS_ON_A_PAGE = 100;
const MOST_DECIMALS = 3;

/** Decimals that a number needs, up to a few. */
const decimalsIn = (value: SqlValue): number =>
  typeof value === 'number' ? (value.toFixed(MOST_DECIMALS).replace(/0+$/, '').split('.')[1] ?? '').length : 0;

/** Rows by the page. A column of numbers stands on the right, with its unit in the head. */
export function ResultTable({ result: { columns, rows } }: { readonly result: SqlResult }) {
  const { t, n, language } = useWords();
  const [page, setPage] = useState(0);
  const from = page * ROWS_ON_A_PAGE;
  const shown = rows.slice(from, from + ROWS_ON_A_PAGE);
  const isNumeric = columns.map((_, k) => rows.some((row) => typeof row[k] === 'number'));
  // As many decimals as the value of the page that needs most, so that the points stand below each other.
  const formats = columns.map((_, k) => {
    const digits = Math.max(0, ...shown.map((row) => decimalsIn(row[k])));
    return new Intl.NumberFormat(localeOf(language), {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: false,
    });
  });
  const text = (value: SqlValue, k: number) =>
    typeof value === 'number' ? typeset(formats[k].format(value), language) : value;
  return (
    <>
      <div className="table-scroll data-rows" tabIndex={0} role="region" aria-label={t('data.result')}>
        <table>
          <thead>
            <tr>
              {columns.map(({ name, unit }, k) => (
                <th key={k} scope="col" className={isNumeric[k] ? 'num' : undefined}>
                  {name}
                  {unit && printedUnit(unit) && <span className="muted"> [{printedUnit(unit)}]</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, r) => (
              <tr key={from + r}>
                {row.map((value, k) => (
                  <td key={k} className={isNumeric[k] ? 'num' : undefined}>
                    {value === null ? <span className="muted">NULL</span> : text(value, k)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > ROWS_ON_A_PAGE && (
        <div className="row">
          <Button
            className="btn icon sm"
            aria-label={t('data.earlier')}
            isDisabled={page === 0}
            onPress={() => setPage(page - 1)}
          >
            ←
          </Button>
          <span className="small" role="status">
            {t('data.page', { from: n(from + 1), to: n(from + shown.length), all: n(rows.length) })}
          </span>
          <Button
            className="btn icon sm"
            aria-label={t('data.later')}
            isDisabled={from + ROWS_ON_A_PAGE >= rows.length}
            onPress={() => setPage(page + 1)}
          >
            →
          </Button>
        </div>
      )}
    </>
  );
}
