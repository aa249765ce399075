import { describe, expect, it } from 'vitest';
import { memoryRunReader } from '../samples/memory-run-reader.js';
import { PLANTED_SITES, plantedEvents, plantedRun } from '../samples/planted-run.js';
import { sampleManifest } from '../samples/sample-manifest.js';
import { readTrainedRun } from './trained-run.js';

describe('readTrainedRun', () => {
  it('takes every complete measurement, the losses and the end', async () => {
    const run = await readTrainedRun(plantedRun({ seed: 7 }), 'abc');
    expect(run).toMatchObject({ job: 'abc', seed: 7, status: 'completed', testAccuracy: 0.6125, images: 100 });
    expect(run.sites).toEqual([
      { name: 'first/relu', depth: 1, units: 4, skip: false },
      { name: 'second/relu', depth: 2, units: 2, skip: true },
    ]);
    expect(run.losses).toEqual([
      { epoch: 1, loss: 1.5 },
      { epoch: 2, loss: 1.125 },
    ]);
    expect(run.course.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    expect(run.course.map(({ activation }) => activation[1])).toEqual([0, 0.125, 0.375]);
    expect(run.course.map(({ neverFired }) => neverFired)).toEqual([
      [0, 2],
      [1, 1],
      [1, 1],
    ]);
  });

  it('passes over a measurement that was cut short, and says how the run ended', async () => {
    const cut = plantedEvents().filter(
      (event) => event.type !== 'probe.reading' || event.reading.step < 20 || event.reading.site === 'first/relu',
    );
    const events = [...cut.slice(0, -1), { type: 'run.finished', status: 'diverged', step: 20 } as const];
    const run = await readTrainedRun(memoryRunReader(sampleManifest(PLANTED_SITES), events), 'abc');
    expect(run.course.map(({ epoch }) => epoch)).toEqual([0, 1]);
    expect(run.status).toBe('diverged');
  });

  it('refuses a record without the measurements', async () => {
    const events = plantedEvents().filter(
      (event) => event.type !== 'probe.reading' || event.reading.probe !== 'dead-units',
    );
    const reader = memoryRunReader(sampleManifest(PLANTED_SITES), events);
    await expect(readTrainedRun(reader, 'abc')).rejects.toMatchObject({ code: 'RUN_CORRUPT' });
  });
});
