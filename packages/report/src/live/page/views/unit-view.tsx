import { unitActivationChart } from '../../../charts/unit-activation-chart.js';
import { unitMeasureChart } from '../../../charts/unit-measure-chart.js';
import { formatCount } from '../../../html/format.js';
import { label } from '../../../html/label.js';
import type { Site } from '../../../queries/sites.js';
import type { UnitDetail } from '../../api.js';
import { ALL_RUNS, formatAddress, runView, type View } from '../data/address.js';
import { pathOf } from '../data/api-paths.js';
import { runs } from '../data/live.js';
import { useResource } from '../data/resources.js';
import { sortMeasures } from '../data/unit-measures.js';
import { ChartPanel } from '../parts/chart-panel.js';
import { FailureNotice } from '../parts/failure-notice.js';
import { Heading } from '../parts/heading.js';
import { Panel } from '../parts/panel.js';
import { Transitions } from '../parts/transition-list.js';
import { UnitImagesPanel } from '../parts/unit-images-panel.js';
import { measureReadout, unitActivationReadout } from '../readouts/chart-readouts.js';

type ShownUnit = Extract<View, { view: 'unit' }>;

/** One unit: what was measured of it, when it died and revived, and what it looks for. */
export function UnitView({ view }: { readonly view: ShownUnit }) {
  const { run, site, unit } = view;
  const state = useResource<UnitDetail>(pathOf(run, 'unit', { site, unit: String(unit) }));
  const { data, failure } = state;
  const runName = label(runs.value?.find(({ id }) => id === run)?.name ?? run, 60) || 'unnamed';
  const title = `${label(site, 80)} · unit ${unit}`;
  return (
    <>
      <header class="subject">
        <p class="crumbs">
          <a href={formatAddress(ALL_RUNS)}>Runs</a>
          <a href={formatAddress(runView(run))}>
            <bdi>{runName}</bdi>
          </a>
          <a href={formatAddress({ view: 'run', run, site, order: 'final', layers: '' })}>
            <bdi>{label(site, 40)}</bdi>
          </a>
        </p>
        <Heading title={title}>{title}</Heading>
        {data && <UnitFacts site={data.site} />}
        {data && <Neighbours view={view} units={data.site.units} />}
      </header>
      {failure && <FailureNotice failure={failure} />}
      {!data && !failure && <p class="waiting">Loading …</p>}
      {data && (
        <div class="panels">
          <UnitImagesPanel run={run} site={site} unit={unit} />
          <Panel title="Deaths and revivals">
            {data.transitions.length > 0 ? (
              <Transitions run={run} transitions={data.transitions} />
            ) : (
              <p class="empty">None was seen of this unit.</p>
            )}
          </Panel>
        </div>
      )}
      {data && <Measures measures={data.measures} />}
    </>
  );
}

function UnitFacts({ site }: { readonly site: Site }) {
  const facts = [
    site.kind === 'conv'
      ? `channel of a convolution, ${formatCount(site.positions)} positions`
      : 'neuron of a dense layer',
    `depth ${site.depth}`,
    site.skip ? 'skip connection enters' : 'no skip connection',
  ];
  return <p class="sub">{facts.join(' · ')}</p>;
}

function Neighbours({ view, units }: { readonly view: ShownUnit; readonly units: number }) {
  const { unit } = view;
  return (
    <nav class="neighbours" aria-label="Units of this layer">
      {unit > 0 && <a href={formatAddress({ ...view, unit: unit - 1 })}>‹ unit {unit - 1}</a>}
      {unit + 1 < units && <a href={formatAddress({ ...view, unit: unit + 1 })}>unit {unit + 1} ›</a>}
    </nav>
  );
}

function Measures({ measures }: { readonly measures: UnitDetail['measures'] }) {
  if (measures.length === 0)
    return (
      <Panel title="Measures">
        <p class="empty">No probe has measured single units of this run (yet).</p>
      </Panel>
    );
  const { activations, others } = sortMeasures(measures);
  return (
    <>
      <div class="panels">
        {activations.map((activation) => (
          <ChartPanel
            key={activation.on}
            title="Pr[y>0]"
            state={{ data: activation, failure: undefined }}
            chart={unitActivationChart}
            readout={unitActivationReadout}
            empty="It was not measured (yet)."
          />
        ))}
      </div>
      {others.length > 0 && (
        <details class="further">
          <summary>Everything else that was measured ({others.length})</summary>
          <div class="panels small">
            {others.map((measure) => (
              <ChartPanel
                key={`${measure.probe} ${measure.measure} ${measure.on}`}
                title={label(measure.measure, 40)}
                state={{ data: measure, failure: undefined }}
                chart={unitMeasureChart}
                readout={measureReadout}
                empty="It has no finite value (yet)."
              />
            ))}
          </div>
        </details>
      )}
    </>
  );
}
