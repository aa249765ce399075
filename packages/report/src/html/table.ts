import { markup, type Markup } from './markup.js';
import { formatCount } from './format.js';
import { compressedBlock } from './json-block.js';

/** A table of ready-made texts. */
export interface Table {
  /** `text` columns are set flush left, `number` columns flush right with tabular figures. */
  readonly columns: readonly { readonly label: string; readonly as: 'text' | 'number' }[];
  readonly rows: readonly (readonly string[])[];
  /** Rows shown before the rest is cut, which is then said. */
  readonly most?: number;
}

/** Characters from which on a cell's text may be broken over lines. */
const LONG = 32;

/**
 * The table as markup, in a box of its own that scrolls sideways in a narrow window.
 * @param options.whole whether the rows that are cut go along as data, for the script to save
 */
export function renderTable(table: Table, caption: string, options: { readonly whole?: boolean } = {}): Markup {
  const most = table.most ?? 1000;
  const shown = table.rows.slice(0, most);
  const cut = table.rows.length - shown.length;
  const classOf = (column: number) => (table.columns[column]!.as === 'number' ? 'n' : 't');
  const head = table.columns.map(
    (column, index) => markup`<th scope="col" class="${classOf(index)}">${column.label}</th>`,
  );
  const body = shown.map((row) => {
    const cells = row.map((cell, index) => {
      const long = cell.length > LONG && ' long';
      return markup`<td class="${classOf(index)}${long}"><bdi>${cell}</bdi></td>`;
    });
    return markup`<tr>${cells}</tr>\n`;
  });
  return markup`<div class="table${shown.length > 20 && ' tall'}" role="group" aria-label="${caption}" tabindex="0"><table>
<thead><tr>${head}</tr></thead>
<tbody>${body}</tbody>
</table></div>
${cut > 0 && markup`<p class="note">The first ${formatCount(shown.length)} of ${formatCount(table.rows.length)} rows; ${formatCount(cut)} more are not shown.</p>`}
${cut > 0 && options.whole && compressedBlock('rest', table.rows.slice(most))}`;
}
