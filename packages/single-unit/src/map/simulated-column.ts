import { runInTimeSlices, type SimulationContext, type SimulationSeries, type TheorySeries } from '@reluctant/core';
import { shareSeries } from '../comparison/share-series.js';
import { unitModel } from '../model/unit-model.js';
import { unitOptionsSchema } from '../model/unit-options.js';
import { simulate } from '../simulation/simulate.js';
import { diesByInSteps } from '../theory/death/basin.js';
import { planarModel, planarWeights } from '../theory/evolution/planar-model.js';
import type { MapOptions } from './map-options.js';
import type { StartPlane } from './start-plane.js';

/** The share of trials that are dead at the horizon, along the middle column of the plane, beside the mean field's yes or no. */
export interface SimulatedColumn {
  readonly x: number;
  readonly series: SimulationSeries;
  readonly predicted: TheorySeries;
}

/** Most places of the column that are simulated. */
const MOST_PLACES = 17;

/** Places of the middle column that are simulated. */
export function columnPlaces({ inputs }: MapOptions, plane: StartPlane): readonly number[] {
  const every = Math.ceil(plane.y.values.length / MOST_PLACES);
  // With one input the weights are along the teacher's.
  return plane.y.values.filter(
    (y, i) => i % every === 0 && (inputs > 1 || Math.abs(plane.start(middle(plane), y).overlap) === 1),
  );
}

/** The trials at one of them. */
export function placeTrials({ horizon, stepSize, trials, deadBelow }: MapOptions, plane: StartPlane, y: number) {
  const start = { kind: 'fixed' as const, ...plane.start(middle(plane), y) };
  return { start, trials, grid: [0, Math.ceil(horizon / stepSize)], deadBelow };
}

const middle = ({ x }: StartPlane) => x.values[Math.floor(x.values.length / 2)];

/** Undefined where there are no places. */
export async function simulatedColumn(
  options: MapOptions,
  plane: StartPlane,
  places: readonly number[],
  {
    seed,
    signal,
    onPlace,
    onProgress,
  }: Pick<SimulationContext, 'seed' | 'signal'> & { onPlace(): void; onProgress(share: number): void },
): Promise<SimulatedColumn | undefined> {
  if (places.length === 0) return undefined;
  const { teacher, rule, leak, inputs, stepSize, noise, horizon, deadBelow, trials, confidence } = options;
  const model = unitModel(unitOptionsSchema.parse({ teacher, rule, leak, inputs, stepSize, noise }));
  const planar = planarModel(model, true);
  const x = middle(plane);
  const shares: number[] = [];
  const predicted: number[] = [];
  for (const y of places) {
    onPlace();
    const { dead } = await simulate(
      model,
      { ...placeTrials(options, plane, y), seed },
      { signal, onProgress: ({ done, total }) => onProgress(done / total) },
    );
    shares.push(dead.now[dead.now.length - 1]);
    const dies = diesByInSteps(planar, planarWeights(plane.start(x, y)), { horizon, below: deadBelow });
    predicted.push((await runInTimeSlices(dies, { signal })) ? 1 : 0);
  }
  const name = `share dead at μk = ${horizon}, |w| = ${Number(x.toPrecision(3))}`;
  const axis = { label: plane.y.label, values: places };
  return {
    x,
    series: shareSeries(name, shares, { group: '', axis, trials, confidence }),
    predicted: { name, group: '', theory: 'mean field, small steps', axis, values: predicted },
  };
}
