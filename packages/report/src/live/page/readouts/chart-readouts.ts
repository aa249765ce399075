import { COLOUR, depthColour } from '../../../charts/theme.js';
import { runStyle, type RunsOverEpochs } from '../../../charts/runs-over-epochs-chart.js';
import type { UnitActivation } from '../../../charts/unit-activation-chart.js';
import { formatCount, formatNumber, formatPercent, formatProbability } from '../../../html/format.js';
import { label, shortName } from '../../../html/label.js';
import type {
  ActivationByDepth,
  ActivationOverEpochs,
  NeverFiredOverEpochs,
  TrainingCurves,
  UnitDetail,
} from '../../api.js';
import { linesReadout } from './lines-readout.js';
import type { Readout } from './readout.js';

type Values = readonly (number | null | undefined)[];

export function lossReadout({ rows, steps }: TrainingCurves): Readout {
  const epochs = rows.map(({ epoch }) => epoch);
  return linesReadout(
    [
      { label: 'training, mean of the epoch', swatch: { colour: COLOUR.muted, mark: 'dashed' }, points: points(epochs, rows.map(({ trainLoss }) => trainLoss)) }, // prettier-ignore
      { label: 'test', swatch: { colour: COLOUR.blue, mark: 'line' }, points: points(epochs, rows.map(({ testLoss }) => testLoss)) }, // prettier-ignore
      { label: 'training, steps', swatch: { colour: COLOUR.sky, mark: 'line' }, points: steps.map(({ epoch, loss }) => [epoch, loss] as const) }, // prettier-ignore
    ],
    formatNumber,
  );
}

export function accuracyReadout({ rows }: TrainingCurves): Readout {
  const epochs = rows.map(({ epoch }) => epoch);
  return linesReadout(
    [
      { label: 'training, mean of the epoch', swatch: { colour: COLOUR.muted, mark: 'dashed' }, points: points(epochs, rows.map(({ trainAccuracy }) => trainAccuracy)) }, // prettier-ignore
      { label: 'test', swatch: { colour: COLOUR.blue, mark: 'line' }, points: points(epochs, rows.map(({ testAccuracy }) => testAccuracy)) }, // prettier-ignore
    ],
    formatPercent,
  );
}

/** Layers stand at 1, 2, … from input to output. */
export function depthReadout({ layers }: ActivationByDepth): Readout {
  return {
    places: layers.map((_, index) => index + 1),
    tell(index) {
      const layer = layers[index]!;
      return {
        title: label(layer.site.name, 60),
        lines: [
          { label: 'depth', value: formatCount(layer.site.depth) },
          { label: 'units', value: formatCount(layer.pr.length) },
          { label: 'mean', value: formatProbability(layer.mean) },
          { label: 'median', value: formatProbability(layer.median) },
          { label: 'quartiles', value: `${formatProbability(layer.lowerQuartile)} – ${formatProbability(layer.upperQuartile)}` }, // prettier-ignore
          { label: 'least – greatest', value: `${formatProbability(layer.min)} – ${formatProbability(layer.max)}` },
        ],
      };
    },
  };
}

export function overEpochsReadout({ epochs, layers }: ActivationOverEpochs): Readout {
  return linesReadout(
    layers.map(({ site, means }, index) => layerLine(site.name, index, layers.length, points(epochs, means))),
    formatProbability,
  );
}

export function neverFiredReadout({ epochs, layers }: NeverFiredOverEpochs): Readout {
  return linesReadout(
    layers.map(({ site, counts }, index) => layerLine(site, index, layers.length, points(epochs, counts))),
    formatCount,
  );
}

export function runsReadout({ runs, format }: RunsOverEpochs): Readout {
  return linesReadout(
    runs.map(({ name, points }, index) => ({ label: label(name, 40), swatch: runStyle(index), points })),
    format,
  );
}

export function measureReadout({ measure, epochs, values }: UnitDetail['measures'][number]): Readout {
  const line = { label: label(measure, 40), swatch: { colour: COLOUR.blue, mark: 'line' }, points: points(epochs, values) } as const; // prettier-ignore
  return linesReadout([line], formatNumber);
}

export function unitActivationReadout({ epochs, pr, lower, upper }: UnitActivation): Readout {
  const line = (name: string, values: Values, mark: 'line' | 'area') =>
    ({ label: name, swatch: { colour: COLOUR.blue, mark }, points: points(epochs, values) }) as const;
  return linesReadout(
    [line('upper', upper, 'area'), line('Pr[y>0]', pr, 'line'), line('lower', lower, 'area')],
    formatProbability,
  );
}

function layerLine(name: string, index: number, layers: number, line: readonly (readonly [number, number])[]) {
  const colour = depthColour(index, layers);
  return { label: shortName(name, 32), swatch: { colour, mark: 'line' }, points: line } as const;
}

function points(epochs: readonly number[], values: Values): readonly (readonly [number, number])[] {
  return epochs.flatMap((epoch, at) => {
    const value = values[at];
    return value == null || !Number.isFinite(value) ? [] : [[epoch, value] as const];
  });
}
