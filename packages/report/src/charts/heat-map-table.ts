import { formatEpochs, formatProbability } from '../html/format.js';
import type { Table } from '../html/table.js';
import type { HeatMapData } from './heat-map-data.js';

/** Every cell: a row a unit, a column a measurement or the mean of some that follow each other. Too long to be read, meant to be saved. */
export function heatMapTable({ columns, sites }: HeatMapData): Table {
  return {
    columns: [
      { label: 'site', as: 'text' },
      { label: 'unit', as: 'number' },
      ...columns.map((span) => ({
        label: formatEpochs(span),
        as: 'number' as const,
      })),
    ],
    rows: sites.flatMap(({ name, values }) =>
      values.map((row, unit) => [name, String(unit), ...row.map(formatProbability)]),
    ),
  };
}
