import { ACTIVATION_LEVELS } from '@reluctant/core';
import { denseSample, denseSite } from '@reluctant/core/testing';
import { expect, it } from 'vitest';
import { outputsOf } from '../testing/outputs-of.js';
import { activationHistogram } from './activation-histogram.js';

/** What an engine would count of these outputs, [units][images]. */
function countsOf(units: readonly (readonly number[])[]) {
  const above = (level: number) => units.map((outputs) => outputs.filter((y) => y > level).length);
  return { fired: Float64Array.from(above(0)), exceedances: Float64Array.from(ACTIVATION_LEVELS.flatMap(above)) };
}

it('tells the share of the elements above each level; one that is at a level is not above it', () => {
  const sample = denseSample(
    4,
    countsOf([
      [0, 0, 0.001, 0.5],
      [1, 1.5, 200, 0],
    ]),
  );
  const [output] = outputsOf(activationHistogram, [sample], [denseSite(2)]);
  expect(output).toMatchObject({ type: 'probe.reading', probe: 'activation-histogram', on: 'probe-split', units: {} });
  const { layer } = output as { layer: Record<string, number> };
  expect(Object.keys(layer)).toHaveLength(17);
  expect(layer['above0']).toBe(5 / 8);
  expect(layer['above2^-8']).toBe(4 / 8);
  expect(layer['above2^-2']).toBe(4 / 8);
  expect(layer['above2^-1']).toBe(3 / 8);
  expect(layer['above2^0']).toBe(2 / 8);
  expect(layer['above2^1']).toBe(1 / 8);
  expect(layer['above2^7']).toBe(1 / 8);
});
