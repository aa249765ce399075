import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { comparisonChart } from '../../../charts/comparison-chart.js';
import { runsOverEpochsChart, runStyle, type RunsOverEpochs } from '../../../charts/runs-over-epochs-chart.js';
import type { ActivationByDepth, LayersOverEpochs, RunListItem, TrainingCurves } from '../../api.js';
import { formatAddress, runView, type View } from '../data/address.js';
import { pathOf } from '../data/api-paths.js';
import { distinctNames } from '../data/distinct-names.js';
import { runs } from '../data/live.js';
import { replaceView } from '../data/navigation.js';
import { map } from '../data/map.js';
import { useResources, type ResourceState } from '../data/resources.js';
import { accuracyComparison, activationComparison, neverFiredComparison, type ComparedCurves } from '../data/run-comparison.js'; // prettier-ignore
import { searchRuns, statusOf } from '../data/run-list.js';
import { ChartPanel } from '../parts/chart-panel.js';
import { Heading } from '../parts/heading.js';
import { RunNumbers } from '../parts/run-numbers.js';
import { SearchField } from '../parts/search-field.js';
import { StatusBadge } from '../parts/status-badge.js';
import { Swatch } from '../parts/swatch.js';
import { runsReadout } from '../readouts/chart-readouts.js';

/** Runs compared at once: no more can be told apart by colour and dash. */
const MOST_RUNS = 21;
/** Runs told of above the charts: more would push them out of sight. */
const MOST_BEFORE_CHARTS = 6;
/** Runs offered before one searches. */
const MOST_OFFERED = 50;

/** Any runs beside each other. */
export function CompareView({ view }: { readonly view: Extract<View, { view: 'compare' }> }) {
  const all = runs.value ?? [];
  const compared = view.runs.slice(0, MOST_RUNS).flatMap((id) => all.filter((run) => run.id === id));
  const names = distinctNames(all);
  const unknown = runs.value ? view.runs.filter((id) => all.every((run) => run.id !== id)).length : 0;
  return (
    <>
      <header class="subject">
        <Heading title="Compare">Compare</Heading>
        {view.runs.length > MOST_RUNS && <p class="sub">The first {MOST_RUNS} are shown.</p>}
        {unknown > 0 && <p class="failure">{unknown} of the runs in the address are not in this folder (any more).</p>}
      </header>
      <Picker all={all} names={names} picked={view.runs} />
      {compared.length === 0 && runs.value ? (
        <p class="empty">Choose the runs to compare.</p>
      ) : (
        <>
          {compared.length <= MOST_BEFORE_CHARTS && <Compared runs={compared} names={names} />}
          <Charts runs={compared} names={names} />
          {compared.length > MOST_BEFORE_CHARTS && <Compared runs={compared} names={names} />}
        </>
      )}
    </>
  );
}

interface NamedRuns {
  readonly runs: readonly RunListItem[];
  readonly names: ReadonlyMap<string, string>;
}

function Compared({ runs, names }: NamedRuns) {
  return (
    <ul class="compared">
      {runs.map((run, index) => (
        <li key={run.id}>
          <h2>
            <Swatch entry={runStyle(index)} />
            <a href={formatAddress(runView(run.id))}>
              <bdi>{names.get(run.id)}</bdi>
            </a>
          </h2>
          <StatusBadge run={run} />
          <RunNumbers run={run} />
        </li>
      ))}
    </ul>
  );
}

function Charts({ runs, names }: NamedRuns) {
  const ids = runs.map(({ id }) => id);
  const training = useResources<TrainingCurves | null>(ids.map((id) => pathOf(id, 'training')));
  const layers = useResources<LayersOverEpochs | null>(ids.map((id) => pathOf(id, 'layers')));
  const depth = useResources<ActivationByDepth | null>(ids.map((id) => pathOf(id, 'depth')));
  const named = runs.map(({ id }) => names.get(id)!);
  const curves = useMemo(
    () => named.map((name, at) => ({ name, training: training[at]!.data, layers: layers[at]!.data })),
    [...named, ...training.map(({ data }) => data), ...layers.map(({ data }) => data)],
  );
  const measured = useMemo(
    () => named.flatMap((name, place) => map(depth[place]!.data, (activation) => ({ name, activation, place })) ?? []),
    [...named, ...depth.map(({ data }) => data)],
  );
  const overEpochs = (
    title: string,
    states: States,
    compare: (runs: readonly ComparedCurves[]) => RunsOverEpochs | undefined,
  ) => (
    <ChartPanel
      title={title}
      state={joined(states, curves)}
      chart={(data) => map(compare(data), runsOverEpochsChart)}
      readout={(data) => map(compare(data), runsReadout)}
      empty="None of these runs has it (yet)."
    />
  );
  return (
    <div class="panels">
      {overEpochs('Test accuracy', training, accuracyComparison)}
      {overEpochs('Mean Pr[y>0]', layers, activationComparison)}
      {overEpochs('Units that never fired', layers, neverFiredComparison)}
      <ChartPanel
        title="Pr[y>0] by depth"
        state={joined(depth, measured)}
        chart={(data) => (data.length > 0 ? comparisonChart(data) : undefined)}
        empty="None of these runs was measured (yet)."
      />
    </div>
  );
}

type States = readonly ResourceState<unknown>[];

/** What was made of several answers: as soon as there is one of them. */
function joined<T>(states: States, data: T): ResourceState<T> {
  return {
    data: states.some((state) => state.data !== undefined) ? data : undefined,
    failure: states.find((state) => state.failure)?.failure,
  };
}

interface PickerProps {
  readonly all: readonly RunListItem[];
  readonly names: ReadonlyMap<string, string>;
  readonly picked: readonly string[];
}

/** The runs of the folder, to be ticked. */
function Picker({ all, names, picked }: PickerProps) {
  const search = useSignal('');
  const found = searchRuns(all, search.value);
  const offered = found.slice(0, MOST_OFFERED);
  const toggle = (id: string, chosen: boolean) =>
    replaceView({ view: 'compare', runs: [...picked.filter((other) => other !== id), ...(chosen ? [id] : [])] });
  return (
    <details class="picker" open={picked.length < 2}>
      <summary>Choose runs ({picked.length} chosen)</summary>
      <SearchField label="Search" value={search.value} onInput={(text) => (search.value = text)} />
      <ul>
        {offered.map((run) => (
          <li key={run.id}>
            <label>
              <input
                type="checkbox"
                checked={picked.includes(run.id)}
                onChange={(event) => toggle(run.id, event.currentTarget.checked)}
              />
              <bdi>{names.get(run.id)}</bdi> <span class="sub">{statusOf(run).label}</span>
            </label>
          </li>
        ))}
      </ul>
      {found.length > offered.length && <p class="note">{found.length - offered.length} more: search for them.</p>}
    </details>
  );
}
