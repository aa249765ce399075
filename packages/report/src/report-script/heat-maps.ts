import { readHeatMaps, type EmbeddedHeatMaps } from '../charts/heat-map-data.js';
import { heatMapPaths } from '../charts/heat-map-shades.js';
import { formatEpochs, formatProbability } from '../html/format.js';
import { heatMapRows, nameOfRow, type HeatMapRow } from '../queries/unit-heat-maps.js';
import { UNIT_ORDERS, type UnitOrder } from '../queries/unit-order.js';
import { readJson } from './read-data.js';

const ORDER_NAMES: Readonly<Record<UnitOrder, string>> = {
  final: 'final Pr[y>0]',
  death: 'time of death',
  cluster: 'likeness (Ward’s clustering)',
  unit: 'unit number',
};
const HINT = 'Point at a cell, or choose a layer with Tab and move with the arrow keys.';

/** Lets the rows of a figure's heat maps be sorted, and tells of the cell that is pointed at or moved to. */
export function enlivenHeatMaps(figure: Element): void {
  const embedded = readJson<EmbeddedHeatMaps>(figure, 'heat-maps');
  const tiles = figure.querySelector('.tiles');
  if (!embedded || !tiles) return;
  const { columns, sites } = readHeatMaps(embedded);
  const readout = document.createElement('p');
  readout.className = 'readout';
  readout.setAttribute('role', 'status');
  readout.textContent = HINT;

  const maps = Array.from(tiles.querySelectorAll<HTMLElement>('.tile'), (tile, index) => {
    const { name, values } = sites[index]!;
    return new HeatMap(tile, values, (row, column) => {
      readout.textContent = `${name}, ${nameOfRow(row)}, ${formatEpochs(columns[column]!)}: Pr[y>0] ${formatProbability(row.values[column])}`;
    });
  });
  const sorted = document.createElement('span');
  figure.querySelector('figcaption .summary')?.append(sorted);
  const sort = (order: UnitOrder) => {
    maps.forEach((map) => map.sort(order));
    sorted.textContent = order === 'final' ? '' : ` Now rows are sorted by ${ORDER_NAMES[order]}.`;
  };
  tiles.before(sortControl(sort), readout);
  // From the values that came along, so that the rows are those which are told of.
  sort('final');
}

function sortControl(onChange: (order: UnitOrder) => void): HTMLElement {
  const label = document.createElement('label');
  label.className = 'sort';
  const select = document.createElement('select');
  select.append(...UNIT_ORDERS.map((order) => new Option(ORDER_NAMES[order], order)));
  select.addEventListener('change', () => onChange(select.value as UnitOrder));
  label.append('Rows by ', select);
  return label;
}

class HeatMap {
  private rows: readonly HeatMapRow[] = [];
  private row = 0;
  private column: number;
  private readonly svg: SVGSVGElement;
  private readonly cursor: SVGRectElement;

  constructor(
    tile: HTMLElement,
    private readonly values: readonly HeatMapRow['values'][],
    private readonly tell: (row: HeatMapRow, column: number) => void,
  ) {
    this.svg = tile.querySelector('svg')!;
    this.column = values[0]!.length - 1;
    this.cursor = svgElement('rect', { class: 'cursor', width: '1', height: '1' });
    tile.tabIndex = 0;
    // Arrow keys are ours here, so a screen reader has to hand them over.
    tile.setAttribute('role', 'application');
    tile.setAttribute('aria-roledescription', 'heat map');
    tile.addEventListener('focus', () => this.moveTo(this.row, this.column));
    tile.addEventListener('blur', () => this.cursor.remove());
    tile.addEventListener('keydown', (event) => this.onKey(event));
    this.svg.addEventListener('pointermove', (event) => this.onPointer(event));
    this.svg.addEventListener('pointerleave', () => this.cursor.remove());
  }

  sort(order: UnitOrder): void {
    this.rows = heatMapRows(this.values, order);
    this.row = 0;
    const paths = heatMapPaths(this.rows.map((row) => row.values));
    this.svg.replaceChildren(
      ...paths.map(({ colour, dashes, path }) =>
        svgElement('path', { stroke: colour, d: path, ...(dashes !== undefined && { 'stroke-dasharray': dashes }) }),
      ),
    );
  }

  private onKey(event: KeyboardEvent): void {
    const [down, right] = MOVES[event.key] ?? [];
    if (down === undefined || right === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.moveTo(this.row + down, this.column + right);
  }

  private onPointer(event: PointerEvent): void {
    const box = this.svg.getBoundingClientRect();
    this.moveTo(
      Math.floor(((event.clientY - box.top) / box.height) * this.rows.length),
      Math.floor(((event.clientX - box.left) / box.width) * this.values[0]!.length),
    );
  }

  private moveTo(row: number, column: number): void {
    this.row = clamp(row, this.rows.length);
    this.column = clamp(column, this.values[0]!.length);
    this.cursor.setAttribute('x', String(this.column));
    this.cursor.setAttribute('y', String(this.row - 0.5));
    this.svg.append(this.cursor);
    this.tell(this.rows[this.row]!, this.column);
  }
}

/** Rows down and columns to the right. */
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}

function svgElement<K extends 'path' | 'rect'>(
  name: K,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}
