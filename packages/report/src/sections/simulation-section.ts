import type { SimulationCell, SimulationTable } from '@reluctant/core';
import { mapChart } from '../charts/map-chart.js';
import { simulationChart } from '../charts/simulation-chart.js';
import { renderFigure } from '../html/figure.js';
import { formatCount, formatNumber, formatProbability } from '../html/format.js';
import { markup, type Markup } from '../html/markup.js';
import { label } from '../html/label.js';
import { renderTable, type Table } from '../html/table.js';
import type { RunRecord } from '../queries/run-record.js';
import { simulationCurves } from '../queries/simulation-curves.js';
import { note, type Section } from './section.js';

/** What a simulation found: what is to be known of it, its maps, a chart for each quantity, its tables. */
export function simulationSection(record: RunRecord, run: string): readonly Section[] {
  const quantities = simulationCurves(record);
  const { maps, tables, notes } = record;
  const found = [
    ...notes.filter(({ severity }) => severity === 'information').map(({ text }) => note(label(text, 1000))),
    ...maps.map((map, index) => renderFigure(mapChart(map), `${run}.map-${index + 1}`)),
    ...quantities.map((quantity, index) => {
      const chart = simulationChart(quantity);
      return chart
        ? renderFigure(chart, `${run}.simulation-${index + 1}`)
        : note('“', label(quantity.name, 80), '” has no finite value to draw.');
    }),
    ...tables.map((table, index) => titledTable(table, `${run}.table-${index + 1}`)),
  ];
  if (found.length === 0) {
    if (record.manifest.config['simulation'] === undefined) return [];
    return [{ id: `${run}.simulation`, title: 'Simulation', body: note('Nothing was recorded.') }];
  }
  return [{ id: `${run}.simulation`, title: 'Simulation', body: markup`${found}` }];
}

function titledTable(table: SimulationTable, id: string): Markup {
  const title = label(table.title, 120);
  return markup`<p id="${id}"><strong>${title}.</strong> ${table.notes.map((text) => label(text, 600)).join(' ')}</p>
    ${renderTable(tableOf(table), title)}`;
}

function tableOf({ columns, rows }: SimulationTable): Table {
  return {
    columns: columns.map(({ label: name, unit, kind }) => ({
      label: label(unit === undefined ? name : `${name} (${unit})`, 80),
      as: kind === 'text' ? 'text' : 'number',
    })),
    rows: rows.map((row) => columns.map(({ kind }, column) => cellText(row[column], kind))),
  };
}

function cellText(cell: SimulationCell | undefined, kind: SimulationTable['columns'][number]['kind']): string {
  if (typeof cell === 'string') return label(cell, 200);
  const format = kind === 'count' ? formatCount : kind === 'probability' ? formatProbability : formatNumber;
  if (typeof cell !== 'object') return format(cell);
  return `${format(cell.value)} (${format(cell.lower)} to ${format(cell.upper)})`;
}
