import { activationByDepthChart } from '../../../charts/activation-by-depth-chart.js';
import { activationOverEpochsChart } from '../../../charts/activation-over-epochs-chart.js';
import { neverFiredOverEpochsChart } from '../../../charts/never-fired-over-epochs-chart.js';
import { accuracyChart, lossChart } from '../../../charts/training-curves-chart.js';
import { label } from '../../../html/label.js';
import type { ActivationByDepth, LayersOverEpochs, RunDetail, RunListItem, TrainingCurves, TransitionList } from '../../api.js'; // prettier-ignore
import { ALL_RUNS, formatAddress, type View } from '../data/address.js';
import { pathOf, runPath } from '../data/api-paths.js';
import { isShown, shownByDepth, shownNeverFired, shownOverEpochs } from '../data/layer-filter.js';
import { runs } from '../data/live.js';
import { map } from '../data/map.js';
import { goTo, replaceView } from '../data/navigation.js';
import { useResource } from '../data/resources.js';
import { ChartPanel } from '../parts/chart-panel.js';
import { ConfigPanel } from '../parts/config-panel.js';
import { FailureNotice } from '../parts/failure-notice.js';
import { Heading } from '../parts/heading.js';
import { HeatMapPanel } from '../parts/heat-map-panel.js';
import { Panel } from '../parts/panel.js';
import { RunNumbers } from '../parts/run-numbers.js';
import { RunProgress } from '../parts/run-progress.js';
import { SearchField } from '../parts/search-field.js';
import { StatusBadge } from '../parts/status-badge.js';
import { TransitionCounts } from '../parts/transition-counts.js';
import { Transitions } from '../parts/transition-list.js';
import { accuracyReadout, depthReadout, lossReadout, neverFiredReadout, overEpochsReadout } from '../readouts/chart-readouts.js'; // prettier-ignore
import { RunFacts } from '../parts/run-facts.js';

type ShownRun = Extract<View, { view: 'run' }>;

const UNMEASURED = (
  <>
    Not measured (yet). Give the experiment a probe such as <code>activation-probability</code>; it measures at every
    epoch.
  </>
);

/** Everything about one run, as it grows. */
export function RunView({ view }: { readonly view: ShownRun }) {
  const detail = useResource<RunDetail>(runPath(view.run));
  const run = runs.value?.find(({ id }) => id === view.run) ?? detail.data?.item;
  if (!run)
    return (
      <>
        <Heading title="Run">Run</Heading>
        {detail.failure ? <FailureNotice failure={detail.failure} /> : <p class="waiting">Loading …</p>}
        <p>
          <a href={formatAddress(ALL_RUNS)}>All runs</a>
        </p>
      </>
    );
  return (
    <>
      <RunHeader run={run} detail={detail.data} />
      {detail.failure && <FailureNotice failure={detail.failure} />}
      <div class="tools">
        <SearchField label="Filter layers" value={view.layers} onInput={(layers) => replaceView({ ...view, layers })} />
        <a class="button" href={formatAddress({ view: 'compare', runs: [view.run] })}>
          Compare with …
        </a>
      </div>
      <div class="panels">
        <TrainingPanels run={view.run} />
        <ActivationPanels run={view.run} filter={view.layers} />
        <Units view={view} detail={detail.data} />
        <TransitionsPanel run={view.run} filter={view.layers} />
        {detail.data && <ConfigPanel config={detail.data.config} />}
      </div>
    </>
  );
}

function RunHeader({ run, detail }: { readonly run: RunListItem; readonly detail: RunDetail | undefined }) {
  const name = label(run.name, 120) || 'unnamed';
  return (
    <header class="subject">
      <p class="crumbs">
        <a href={formatAddress(ALL_RUNS)}>Runs</a>
      </p>
      <Heading title={name}>{name}</Heading>
      <RunFacts run={run} />
      <div class="state">
        <StatusBadge run={run} />
        <RunProgress run={run} />
      </div>
      {detail && run.status !== 'running' && (
        <p class="sub">
          <bdi>{label(detail.statusSentence, 400)}</bdi>
        </p>
      )}
      <RunNumbers run={run} />
    </header>
  );
}

function TrainingPanels({ run }: { readonly run: string }) {
  const training = useResource<TrainingCurves | null>(pathOf(run, 'training'));
  return (
    <>
      <ChartPanel
        title="Loss"
        state={training}
        chart={lossChart}
        readout={lossReadout}
        empty="Not one training step was recorded (yet)."
      />
      <ChartPanel
        title="Accuracy"
        state={training}
        chart={accuracyChart}
        readout={accuracyReadout}
        empty="No epoch was completed (yet), and nothing was evaluated."
      />
    </>
  );
}

function ActivationPanels({ run, filter }: { readonly run: string; readonly filter: string }) {
  const depth = useResource<ActivationByDepth | null>(pathOf(run, 'depth'));
  const layers = useResource<LayersOverEpochs | null>(pathOf(run, 'layers'));
  const none = filter === '' ? UNMEASURED : `No measured layer’s name contains “${label(filter, 60)}”.`;
  const over = ({ activation }: LayersOverEpochs) => activation && shownOverEpochs(activation, filter);
  const never = ({ neverFired }: LayersOverEpochs) => neverFired && shownNeverFired(neverFired, filter);
  return (
    <>
      <ChartPanel
        title="Pr[y>0] by depth"
        wide
        state={depth}
        depends={[filter]}
        chart={(data) => map(shownByDepth(data, filter), activationByDepthChart)}
        readout={(data) => map(shownByDepth(data, filter), depthReadout)}
        empty={none}
      />
      <ChartPanel
        title="Layer means of Pr[y>0]"
        state={layers}
        depends={[filter]}
        chart={(data) => map(over(data), activationOverEpochsChart)}
        readout={(data) => map(over(data), overEpochsReadout)}
        empty={filter === '' ? 'A curve needs two measurements of the probe `activation-probability`.' : none}
      />
      <ChartPanel
        title="Units that never fired"
        state={layers}
        depends={[filter]}
        chart={(data) => map(never(data), neverFiredOverEpochsChart)}
        readout={(data) => map(never(data), neverFiredReadout)}
        empty={filter === '' ? 'Not measured (yet). The probe `dead-units` counts them.' : none}
      />
    </>
  );
}

function Units({ view, detail }: { readonly view: ShownRun; readonly detail: RunDetail | undefined }) {
  const sites = detail?.sites.filter(({ name }) => isShown(name, view.layers) || name === view.site) ?? [];
  const site = sites.find(({ name }) => name === view.site) ?? sites[0];
  if (!site) return null;
  return (
    <HeatMapPanel
      run={view.run}
      sites={sites}
      site={site.name}
      order={view.order}
      onChoose={(choice) => goTo({ ...view, ...choice })}
    />
  );
}

function TransitionsPanel({ run, filter }: { readonly run: string; readonly filter: string }) {
  const state = useResource<TransitionList>(pathOf(run, 'transitions'));
  const latest = state.data?.latest.filter(({ site }) => isShown(site, filter));
  return (
    <Panel title="Deaths and revivals" state={state}>
      {state.data && <TransitionCounts counts={state.data} />}
      {latest && latest.length > 0 ? (
        <Transitions run={run} transitions={latest} />
      ) : (
        <p class="empty">None was seen (yet). The probe `unit-lifecycle` watches for them.</p>
      )}
    </Panel>
  );
}
