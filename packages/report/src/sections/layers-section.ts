import { ABSENT, formatCount, formatEpoch, formatPercent, formatProbability, plural } from '../html/format.js';
import { markup } from '../html/markup.js';
import { label } from '../html/label.js';
import { renderTable, type Table } from '../html/table.js';
import { layerDiagnostics } from '../queries/layer-diagnostics.js';
import type { RunRecord } from '../queries/run-record.js';
import type { LayerReport, RunReport } from '../run-report.js';
import { note, type Section } from './section.js';

interface Column {
  readonly label: string;
  readonly as: 'text' | 'number';
  readonly cell: (layer: LayerReport) => string;
  /** Shown only where some layer has it. */
  readonly of?: (layer: LayerReport) => number | null;
}

/** One row a ReLU site, with what each probe said of it last. */
export function layersSection(record: RunRecord, report: RunReport, run: string): readonly Section[] {
  if (report.layers.length === 0) return [];
  const diagnostics = layerDiagnostics(record);
  const probability = (name: string, of: (layer: LayerReport) => number | null): Column => ({
    label: name,
    as: 'number',
    cell: (layer) => formatProbability(of(layer)),
    of,
  });
  const count = (name: string, of: (layer: LayerReport) => number | null): Column => ({
    label: name,
    as: 'number',
    cell: (layer) => formatCount(of(layer)),
    of,
  });
  const all: readonly Column[] = [
    count('depth', (layer) => layer.depth),
    { label: 'site', as: 'text', cell: (layer) => label(layer.site, 80) },
    { label: 'kind', as: 'text', cell: (layer) => layer.kind },
    { label: 'skip', as: 'text', cell: (layer) => (layer.skip ? 'yes' : 'no') },
    count('units', (layer) => layer.units),
    count('elements a unit', (layer) => layer.elements),
    probability('mean Pr[y>0]', (layer) => layer.mean),
    {
      label: intervalLabel(report),
      as: 'number',
      cell: ({ meanLower, meanUpper }) =>
        meanLower === null ? ABSENT : `${formatProbability(meanLower)} – ${formatProbability(meanUpper)}`,
      of: (layer) => layer.meanLower,
    },
    probability('median', (layer) => layer.median),
    count('never fired', (layer) => layer.neverFired),
    count('nearly dead', (layer) => layer.nearlyDead),
    count(`${diagnostics?.tau ?? 'τ'}-dormant`, (layer) => layer.dormant),
    {
      label: 'zero elements',
      as: 'number',
      cell: (layer) => formatPercent(layer.elementSparsity),
      of: (layer) => layer.elementSparsity,
    },
  ];
  const columns = all.filter(({ of }) => !of || report.layers.some((layer) => of(layer) !== null));
  const table: Table = { columns, rows: report.layers.map((layer) => columns.map(({ cell }) => cell(layer))) };
  const measured = [
    report.activation &&
      `Pr[y>0]: ${plural(report.activation.images, 'image')}${hasIntervals(report) ? ', resampled whole for the interval of the mean' : ''}`,
    report.dead && `dead units: ${plural(report.dead.images, 'image')}`,
    diagnostics?.dormantImages && `dormant units: ${plural(diagnostics.dormantImages, 'image')}`,
    diagnostics?.sparsityImages &&
      `zero elements (no measure of dead units): ${plural(diagnostics.sparsityImages, 'image')}`,
  ].filter(Boolean);
  return [
    {
      id: `${run}.layers`,
      title: 'Layers',
      body: markup`${measured.length > 0 ? note(`At the last measurement${after(report)}. ${measured.join('; ')}.`) : note('No units were measured in this run.')}
      ${renderTable(table, 'Layers')}`,
    },
  ];
}

function hasIntervals({ layers }: RunReport): boolean {
  return layers.some(({ meanLower }) => meanLower !== null);
}

function intervalLabel({ activation }: RunReport): string {
  return `${Number((100 * (activation?.confidence ?? 0.95)).toFixed(3))} % interval`;
}

function after({ activation, dead }: RunReport): string {
  const at = activation ?? dead;
  return at ? `, after step ${formatCount(at.step)} (epoch ${formatEpoch(at.epoch)})` : '';
}
