import type { Table } from '../../../html/table.js';
import { formatCount } from '../../../html/format.js';

/** Rows and columns shown of a large table: a page of a run that goes on is no place to read thousands. */
const MOST_ROWS = 250;
const MOST_COLUMNS = 24;

/** The data of a chart. */
export function DataTable({ table, caption }: { readonly table: Table; readonly caption: string }) {
  const columns = table.columns.slice(0, MOST_COLUMNS);
  const rows = table.rows.slice(-MOST_ROWS);
  const cut = [
    ...(rows.length < table.rows.length ? [`the last ${formatCount(rows.length)} of ${formatCount(table.rows.length)} rows`] : []), // prettier-ignore
    ...(columns.length < table.columns.length ? [`the first ${columns.length} of ${table.columns.length} columns`] : []), // prettier-ignore
  ];
  return (
    <>
      <div class="table" role="region" aria-label={`${caption}: data`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <th key={index} scope="col" class={column.as}>
                  <bdi>{column.label}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {columns.map((column, at) => (
                  <td key={at} class={column.as}>
                    <bdi>{row[at]}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {cut.length > 0 && <p class="note">Shown are {cut.join(' and ')}; `reluctant report` has all.</p>}
    </>
  );
}
