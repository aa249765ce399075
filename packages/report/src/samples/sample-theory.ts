import type { EventBody, RunReader } from '@reluctant/core';
import { memoryRunReader } from './memory-run-reader.js';
import { sampleManifest } from './sample-manifest.js';

const STEPS = [0, ...Array.from({ length: 40 }, (_, index) => Math.round(10 ** (index / 12)))].filter(
  (step, index, all) => step !== all[index - 1],
);
const activation = (step: number) => 0.1 + 0.4 / (1 + step / 200);

/** A plausible comparison of three theories with a simulation: a fine one inside the band, two outside; a table, a map, notes. */
export function sampleTheory(groups: readonly string[] = ['']): RunReader {
  const manifest = sampleManifest([], {
    id: 'theory',
    name: 'Theory beside simulation',
    config: { simulation: { kind: 'sample' } },
    network: undefined,
    dataset: undefined,
    engine: undefined,
  });
  const curves = groups.flatMap((group, index) => {
    const scale = 1 - index / 4;
    const mean = STEPS.map((step) => scale * activation(step));
    const standardError = STEPS.map((step) => (step === 0 ? 0 : 0.004));
    const axis = { label: 'updates', values: STEPS };
    const bias = (size: number) => mean.map((value, at) => value + size * (STEPS[at]! / 1778));
    const theory = (name: string, size: number): EventBody => ({
      type: 'simulation.predicted',
      series: { name: 'Pr[y>0]', group, theory: name, axis, values: bias(size) },
    });
    return [
      {
        type: 'simulation.sampled',
        series: {
          name: 'Pr[y>0]',
          group,
          axis,
          mean,
          lower: mean.map((value, at) => value - 2.576 * standardError[at]!),
          upper: mean.map((value, at) => value + 2.576 * standardError[at]!),
          band: '99 % confidence of the mean',
          trials: 500,
          standardError,
        },
      } as const satisfies EventBody,
      theory('C0, mean field', 0.06),
      theory('C1, linear noise', -0.03),
      theory('C2, Gaussian cubature', 0.002),
    ];
  });
  return memoryRunReader(manifest, [
    { type: 'run.started', manifest },
    ...curves,
    sampleTable,
    { type: 'simulation.mapped', map: sampleMap() },
    { type: 'simulation.noted', note: { severity: 'warning', text: 'The step size 0.3 is beyond its bound 0.125.' } },
    { type: 'simulation.noted', note: { severity: 'information', text: 'Inputs are independent.' } },
    { type: 'simulation.result', result: { k: STEPS } },
    { type: 'run.finished', status: 'completed', step: 0 },
  ]);
}

const sampleTable: EventBody = {
  type: 'simulation.tabulated',
  table: {
    title: 'Share of trials that die',
    columns: [
      { label: 'initialisation', kind: 'text' },
      { label: 'step size', kind: 'number' },
      { label: 'dead at the end', unit: 'share', kind: 'probability' },
      { label: 'trials', kind: 'count' },
    ],
    rows: [
      ['he', 0.02, { value: 0.161, lower: 0.156, upper: 0.166 }, 20_000],
      ['xavier', 0.02, { value: 0, lower: 0, upper: 0.0002 }, 20_000],
    ],
    notes: ['Intervals are Wilson’s, 95 %.'],
  },
};

/** Pr[y>0] over norm and overlap with a boundary, three trajectories and a fixed point. */
function sampleMap() {
  const norms = Array.from({ length: 30 }, (_, index) => 0.25 * 16 ** (index / 29));
  const overlaps = Array.from({ length: 25 }, (_, index) => -1 + index / 12);
  const boundary = (norm: number) => -0.8 + 0.25 * Math.log2(2 * norm);
  return {
    title: 'Basin of death',
    x: { label: '|w|', values: norms },
    y: { label: 'overlap with the teacher', values: overlaps },
    value: { label: 'Pr[y>0] at the end', scale: 'logarithmic' },
    values: overlaps.map((overlap) =>
      norms.map((norm) => 0.3 / (1 + Math.exp(-12 * (overlap - boundary(norm)))) + 1e-6),
    ),
    lines: [
      { kind: 'boundary', label: 'boundary of the basin', points: norms.map((norm) => [norm, boundary(norm)]) },
      ...[
        { label: 'learns', from: [3, 0.1], to: [1, 1] },
        { label: 'learns', from: [0.5, -0.4], to: [1, 1] },
        { label: 'dies', from: [3.5, -0.7], to: [0.6, -0.9] },
      ].map(({ label, from, to }) => ({
        kind: 'trajectory' as const,
        label,
        points: Array.from({ length: 20 }, (_, step) => {
          const share = step / 19;
          return [from[0]! + (to[0]! - from[0]!) * share, from[1]! + (to[1]! - from[1]!) * share ** 2] as const;
        }),
      })),
    ],
    points: [{ label: 'the teacher', x: 1, y: 1 }],
    notes: ['Mean field, horizon μk = 3000.'],
  } as const satisfies Extract<EventBody, { readonly type: 'simulation.mapped' }>['map'];
}
