import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { heatMapPaths } from '../../../charts/heat-map-shades.js';
import { formatEpoch, formatEpochs, formatProbability } from '../../../html/format.js';
import { nameOfRow, type HeatMapRow } from '../../../queries/unit-heat-maps.js';
import type { UnitActivations } from '../../api.js';
import { schemeChanges } from './colours.js';
import { paintCells } from './paint-cells.js';
import { PointedAt, type Pointed } from './pointed-at.js';

/** Within the least and the greatest height of the picture. */
const PIXELS_A_ROW = 7;

interface HeatMapProps {
  readonly rows: readonly HeatMapRow[];
  readonly columns: UnitActivations['columns'];
  readonly label: string;
  readonly onChoose: (unit: number) => void;
}

/** A row a unit, a column a measurement. Pointing tells the cell, a click chooses its unit. */
export function HeatMap({ rows, columns, label, onChoose }: HeatMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pointed = useSignal<Pointed | undefined>(undefined);
  const scheme = schemeChanges.value;
  useEffect(() => {
    const paths = heatMapPaths(rows.map(({ values }) => values));
    paintCells(canvas.current!, columns.length, rows.length, paths);
  }, [rows, scheme]);

  const cellAt = ({ offsetX, offsetY }: MouseEvent) => {
    const { clientWidth, clientHeight } = canvas.current!;
    const row = Math.floor((offsetY / clientHeight) * rows.length);
    const column = Math.floor((offsetX / clientWidth) * columns.length);
    const middle = ((column + 0.5) * clientWidth) / columns.length;
    return rows[row] && columns[column] && { row: rows[row], column, x: middle, y: offsetY };
  };
  const point = (event: PointerEvent) => {
    const cell = cellAt(event);
    pointed.value = cell && {
      x: cell.x,
      y: cell.y,
      title: nameOfRow(cell.row),
      lines: [{ label: formatEpochs(columns[cell.column]!), value: formatProbability(cell.row.values[cell.column]) }],
    };
  };
  const choose = (event: MouseEvent) => {
    const units = cellAt(event)?.row.units;
    if (units?.length === 1) onChoose(units[0]!);
  };
  return (
    <div class="heat" onPointerMove={point} onPointerLeave={() => (pointed.value = undefined)} onClick={choose}>
      <canvas ref={canvas} style={{ height: `${rows.length * PIXELS_A_ROW}px` }} role="img" aria-label={label} />
      <PointedAt pointed={pointed} />
      <p class="ends" aria-hidden="true">
        <span>epoch {formatEpoch(columns[0]!.from)}</span>
        <span>{formatEpoch(columns.at(-1)!.to)}</span>
      </p>
    </div>
  );
}
