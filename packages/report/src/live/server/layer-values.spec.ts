import type { Reading } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { lastComplete, measurementsOf, headlineSeries } from '../../queries/measurements.js';
import { recordOf } from '../../queries/run-record.js';
import { plantReadings } from '../../samples/plant-readings.js';
import { PLANTED_PR, PLANTED_SITES } from '../../samples/planted-run.js';
import { sampleManifest } from '../../samples/sample-manifest.js';
import { LayerValues } from './layer-values.js';

const probe = 'activation-probability';

function readingsOf(on: Reading['on'], count: number = PLANTED_PR.length): Reading[] {
  return PLANTED_PR.slice(0, count).flatMap(({ step, epoch, pr }) =>
    PLANTED_SITES.flatMap((site, index) =>
      plantReadings({ site, pr: pr[index]!, step, epoch, images: 10, on }).flatMap((body) =>
        body.type === 'probe.reading' ? [body.reading] : [],
      ),
    ),
  );
}

function keep(readings: readonly Reading[]): LayerValues {
  const values = new LayerValues();
  readings.forEach((reading, index) => values.add(index + 1, reading));
  return values;
}

describe('values of layers', () => {
  it('are what the readings say, without units and other measures', () => {
    const readings = readingsOf('probe-split');
    const kept = keep(readings).readings();
    const means = (all: readonly Reading[]) =>
      all
        .filter((reading) => reading.probe === probe)
        .map(({ site, step, epoch, layer }) => [site, step, epoch, layer['mean']]);
    expect(means(kept)).toEqual(means(readings));
    expect(new Set(kept.map((reading) => reading.probe))).toEqual(new Set([probe, 'dead-units']));
    expect(kept.every(({ units }) => Object.keys(units).length === 0)).toBe(true);
  });

  it.each([
    ['whole', 0],
    ['cut in the middle of the last', 5],
    ['cut after the first site', 28],
  ])('of a record that is %s know the same last complete measurement as the queries', (_, cut) => {
    const readings = readingsOf('probe-split').slice(0, -cut || undefined);
    const record = recordOf({ manifest: sampleManifest(PLANTED_SITES), status: 'running' }, [], readings);
    const last = lastComplete(measurementsOf(record, probe, 'probe-split'))!;
    const found = keep(readings).lastComplete(probe)!;
    for (const [site, reading] of last.readings) expect(found.of('mean', site)).toBe(reading.layer['mean']);
    const first = readings.findIndex((reading) => reading.probe === probe && reading.step === last.step);
    expect(found.firstSeq).toBe(first + 1);
  });

  it('are of the series that the report shows', () => {
    const training = readingsOf('training-step');
    const both = [...training, ...readingsOf('probe-split', 1)];
    for (const readings of [training, both, []]) {
      const record = recordOf({ manifest: sampleManifest(PLANTED_SITES), status: 'running' }, [], readings);
      expect(keep(readings).headline(probe)).toBe(headlineSeries(record, probe));
    }
  });

  it('are absent where nothing was measured', () => {
    expect(new LayerValues().lastComplete(probe)).toBeUndefined();
    expect(keep(readingsOf('probe-split')).lastComplete(probe)!.of('mean', 'no such site')).toBeNaN();
  });
});
