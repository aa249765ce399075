import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useMemo } from 'preact/hooks';
import type { Chart } from '../../../charts/chart.js';
import type { ResourceState } from '../data/resources.js';
import type { Readout } from '../readouts/readout.js';
import { DataTable } from './data-table.js';
import { Plot } from './plot.js';
import { Panel } from './panel.js';
import { Swatch } from './swatch.js';

interface ChartPanelProps<T> {
  readonly title: string;
  readonly state: ResourceState<T | null>;
  /** Undefined where there is nothing to draw. Called anew when the answer is another, or what `depends` on. */
  readonly chart: (data: T) => Chart | undefined;
  readonly readout?: (data: T) => Readout | undefined;
  readonly depends?: readonly unknown[];
  /** Said where there is nothing to draw. */
  readonly empty: ComponentChildren;
  readonly wide?: boolean;
}

/** A chart of what the server answered, with its sentence, its legend and, when asked for, its data as a table. */
export function ChartPanel<T>({ title, state, chart, readout, depends = [], empty, wide }: ChartPanelProps<T>) {
  const { data } = state;
  const drawn = useMemo(() => (data == null ? undefined : chart(data)), [data, ...depends]);
  const told = useMemo(() => (data == null ? undefined : readout?.(data)), [data, ...depends]);
  return (
    <Panel title={drawn?.title ?? title} wide={wide} state={state} empty={drawn ? undefined : empty}>
      {drawn && <ChartFigure chart={drawn} readout={told} />}
    </Panel>
  );
}

function ChartFigure({ chart, readout }: { readonly chart: Chart; readonly readout: Readout | undefined }) {
  const asTable = useSignal(false);
  const id = useId();
  return (
    <figure aria-labelledby={id}>
      <button
        type="button"
        class="as-table"
        aria-pressed={asTable.value}
        onClick={() => (asTable.value = !asTable.value)}
      >
        <span class="unseen">{chart.title}: </span>as table
      </button>
      <figcaption id={id}>
        <bdi>{chart.summary}</bdi>
      </figcaption>
      {chart.legend.length > 0 && (
        <ul class="legend">
          {chart.legend.map((entry, index) => (
            <li key={index}>
              <Swatch entry={entry} />
              <bdi>{entry.label}</bdi>
            </li>
          ))}
        </ul>
      )}
      {asTable.value ? (
        <DataTable table={chart.table} caption={chart.title} />
      ) : (
        <Plot chart={chart} readout={readout} />
      )}
    </figure>
  );
}
