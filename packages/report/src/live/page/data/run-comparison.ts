import type { RunsOverEpochs } from '../../../charts/runs-over-epochs-chart.js';
import { formatPercent, formatProbability } from '../../../html/format.js';
import type { LayersOverEpochs, TrainingCurves } from '../../api.js';

type Points = readonly (readonly [epoch: number, value: number])[];

/** What is compared of a run; `null` or undefined where there is none (yet). */
export interface ComparedCurves {
  readonly name: string;
  readonly training: TrainingCurves | null | undefined;
  readonly layers: LayersOverEpochs | null | undefined;
}

/** Test accuracy of several runs; undefined where none was evaluated. */
export function accuracyComparison(runs: readonly ComparedCurves[]): RunsOverEpochs | undefined {
  return comparison('Test accuracy', 'test accuracy', 1, formatPercent, runs, ({ training }) =>
    (training?.rows ?? []).flatMap(({ epoch, testAccuracy }) =>
      testAccuracy == null || !Number.isFinite(testAccuracy) ? [] : [[epoch, testAccuracy] as const],
    ),
  );
}

/** Mean Pr[y>0] over all units of several runs; undefined where none was measured. */
export function activationComparison(runs: readonly ComparedCurves[]): RunsOverEpochs | undefined {
  return comparison('Mean Pr[y>0]', 'mean Pr[y>0]', 1, formatProbability, runs, ({ layers }) => meanOverUnits(layers));
}

/** Share of all units that never fired, of several runs; undefined where none was measured. */
export function neverFiredComparison(runs: readonly ComparedCurves[]): RunsOverEpochs | undefined {
  return comparison('Units that never fired', 'share of units', undefined, formatPercent, runs, ({ layers }) =>
    neverFiredShare(layers),
  );
}

/** A layer counts by its units. An epoch at which a layer was not measured is left out: it would be a mean of others. */
export function meanOverUnits(layers: LayersOverEpochs | null | undefined): Points {
  const activation = layers?.activation;
  if (!activation) return [];
  const units = activation.layers.reduce((sum, { site }) => sum + site.units, 0);
  return activation.epochs.flatMap((epoch, at) => {
    const sums = activation.layers.map(({ site, means }) => {
      const mean = means[at];
      return mean == null ? NaN : mean * site.units;
    });
    const mean = sums.reduce((sum, value) => sum + value, 0) / units;
    return Number.isFinite(mean) ? [[epoch, mean] as const] : [];
  });
}

/** Of the units of the layers that were measured at an epoch. */
export function neverFiredShare(layers: LayersOverEpochs | null | undefined): Points {
  const neverFired = layers?.neverFired;
  if (!neverFired) return [];
  return neverFired.epochs.flatMap((epoch, at) => {
    const measured = neverFired.layers.filter(({ counts }) => counts[at] != null);
    const units = measured.reduce((sum, layer) => sum + layer.units, 0);
    const never = measured.reduce((sum, { counts }) => sum + counts[at]!, 0);
    return units > 0 ? [[epoch, never / units] as const] : [];
  });
}

function comparison(
  title: string,
  quantity: string,
  most: number | undefined,
  format: (value: number) => string,
  runs: readonly ComparedCurves[],
  pointsOf: (run: ComparedCurves) => Points,
): RunsOverEpochs | undefined {
  const lines = runs.map((run) => ({ name: run.name, points: pointsOf(run) }));
  if (lines.every(({ points }) => points.length === 0)) return undefined;
  return { title, quantity, most, format, runs: lines };
}
