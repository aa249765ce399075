import { readHeatMaps, type EmbeddedHeatMaps } from '../charts/heat-map-data.js';
import { heatMapTable } from '../charts/heat-map-table.js';
import type { Table } from '../html/table.js';
import { readCompressed, readJson } from './read-data.js';

/** All numbers of a figure, those that its table does not show included. */
export async function readTable(figure: Element): Promise<Table> {
  const heatMaps = readJson<EmbeddedHeatMaps>(figure, 'heat-maps');
  if (heatMaps) return heatMapTable(readHeatMaps(heatMaps));
  const rows = Array.from(figure.querySelectorAll('tbody tr'), (row) =>
    Array.from(row.querySelectorAll('td'), (cell) => cell.textContent),
  );
  return {
    columns: Array.from(figure.querySelectorAll('thead th'), (head) => ({
      label: head.textContent,
      as: head.classList.contains('n') ? 'number' : 'text',
    })),
    rows: [...rows, ...((await readCompressed<string[][]>(figure, 'rest')) ?? [])],
  };
}
