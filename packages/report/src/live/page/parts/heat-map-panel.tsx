import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { COLOUR } from '../../../charts/theme.js';
import { FAINT } from '../../../charts/heat-map-shades.js';
import { formatCount, formatEpoch, formatProbability, plural } from '../../../html/format.js';
import { label } from '../../../html/label.js';
import { heatMapRows } from '../../../queries/unit-heat-maps.js';
import type { UnitOrder } from '../../../queries/unit-order.js';
import type { Site } from '../../../queries/sites.js';
import type { UnitActivations } from '../../api.js';
import { formatAddress } from '../data/address.js';
import { pathOf } from '../data/api-paths.js';
import { goTo } from '../data/navigation.js';
import { useResource } from '../data/resources.js';
import { HeatMap } from './heat-map.js';
import { Panel } from './panel.js';
import { SelectField } from './select-field.js';
import { Swatch } from './swatch.js';

/** Most rows: beyond, neighbours share one. */
const MOST_ROWS = 512;

const ORDERS: readonly { readonly value: UnitOrder; readonly label: string }[] = [
  { value: 'final', label: 'Pr[y>0] at the end' },
  { value: 'death', label: 'time of death' },
  { value: 'cluster', label: 'likeness' },
  { value: 'unit', label: 'unit number' },
];

const LEGEND = [
  { label: 'never fired', colour: COLOUR.vermillion, mark: 'striped' },
  { label: `fired, Pr[y>0] < ${FAINT}`, colour: COLOUR.orange, mark: 'sparse' },
  { label: `Pr[y>0] from ${FAINT} to 1 in tenths`, colour: 'ramp', mark: 'ramp' },
] as const;

interface HeatMapPanelProps {
  readonly run: string;
  /** From input to output; not empty. */
  readonly sites: readonly Site[];
  readonly site: string;
  readonly order: UnitOrder;
  readonly onChoose: (choice: { readonly site?: string; readonly order?: UnitOrder }) => void;
}

/** The units of one layer through training. */
export function HeatMapPanel({ run, sites, site, order, onChoose }: HeatMapPanelProps) {
  const state = useResource<UnitActivations | null>(pathOf(run, 'heat-map', { site }));
  return (
    <Panel
      title="Units through training"
      wide
      state={state}
      tools={
        <div class="tools">
          <SelectField
            label="Layer"
            value={site}
            options={sites.map(({ name }) => ({ value: name, label: label(name, 60) }))}
            onChange={(chosen) => onChoose({ site: chosen })}
          />
          <SelectField
            label="Rows by"
            value={order}
            options={ORDERS}
            onChange={(chosen) => onChoose({ order: chosen })}
          />
        </div>
      }
      empty={
        state.data ? undefined : 'Units are drawn from the second measurement of the probe `activation-probability` on.'
      }
    >
      {state.data && <Units run={run} activations={state.data} order={order} />}
    </Panel>
  );
}

interface UnitsProps {
  readonly run: string;
  readonly activations: UnitActivations;
  readonly order: UnitOrder;
}

function Units({ run, activations, order }: UnitsProps) {
  const asTable = useSignal(false);
  const { site, values, columns } = activations;
  const rows = useMemo(() => heatMapRows(values, order, MOST_ROWS), [values, order]);
  const silent = values.filter((course) => course.at(-1) === 0).length;
  const summary =
    `${plural(values.length, 'unit')} of ${label(site.name, 60)}, a row each` +
    `${values.length > MOST_ROWS ? ' or a few' : ''}; ${plural(columns.length, 'column')} of measurements. ` +
    `${formatCount(silent)} did not fire at the last.`;
  return (
    <figure>
      <button
        type="button"
        class="as-table"
        aria-pressed={asTable.value}
        onClick={() => (asTable.value = !asTable.value)}
      >
        <span class="unseen">Units: </span>as table
      </button>
      <figcaption>
        <bdi>{summary}</bdi> A click on a row shows its unit.
      </figcaption>
      <ul class="legend">
        {LEGEND.map((entry) => (
          <li key={entry.label}>
            <Swatch entry={entry} />
            {entry.label}
          </li>
        ))}
      </ul>
      {asTable.value ? (
        <UnitTable run={run} activations={activations} units={rows.flatMap(({ units }) => units)} />
      ) : (
        <HeatMap
          rows={rows}
          columns={columns}
          label={summary}
          onChoose={(unit) => goTo({ view: 'unit', run, site: site.name, unit })}
        />
      )}
    </figure>
  );
}

interface UnitTableProps {
  readonly run: string;
  readonly activations: UnitActivations;
  readonly units: readonly number[];
}

function UnitTable({ run, activations: { site, values, columns }, units }: UnitTableProps) {
  const silentSince = (unit: number) => {
    const lastFired = values[unit]!.findLastIndex((value) => value !== null && value > 0);
    return values[unit]!.at(-1) === 0 ? `epoch ${formatEpoch(columns[lastFired + 1]!.from)}` : '–';
  };
  return (
    <div class="table" role="region" aria-label={`Units of ${label(site.name, 60)}`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col" class="text">
              unit
            </th>
            <th scope="col" class="number">
              first Pr[y&gt;0]
            </th>
            <th scope="col" class="number">
              last Pr[y&gt;0]
            </th>
            <th scope="col" class="number">
              silent since
            </th>
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <tr key={unit}>
              <td class="text">
                <a href={formatAddress({ view: 'unit', run, site: site.name, unit })}>unit {unit}</a>
              </td>
              <td class="number">{formatProbability(values[unit]![0])}</td>
              <td class="number">{formatProbability(values[unit]!.at(-1))}</td>
              <td class="number">{silentSince(unit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
