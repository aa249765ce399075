import { describe, expect, it } from 'vitest';
import { memoryRunReader } from './samples/memory-run-reader.js';
import { plantedRun } from './samples/planted-run.js';
import { sampleManifest } from './samples/sample-manifest.js';
import { sampleSimulation } from './samples/sample-run.js';
import { sampleTheory } from './samples/sample-theory.js';
import { summarizeRun } from './summarize-run.js';

describe('a summary', () => {
  it('holds the planted numbers', async () => {
    const report = await summarizeRun(plantedRun());
    expect(report).toMatchObject({
      id: 'planted',
      status: 'completed',
      statusSentence: 'Completed at step 20.',
      architecture: 'vgg',
      parameters: 123_456,
      final: { step: 20, epoch: 2, testAccuracy: 0.6125, testImages: 800 },
      activation: { on: 'probe-split', step: 20, images: 100, units: 6 },
      dead: { neverFired: 2, nearlyDead: 3, epsilon: 0.01, images: 100, units: 6 },
      lifeCycle: { bornDead: 2, died: 1, revived: 1 },
    });
    expect(report.layers[0]).toEqual({
      site: 'first/relu',
      depth: 1,
      kind: 'conv',
      units: 4,
      positions: 64,
      skip: false,
      mean: 0.37625,
      meanLower: 0.37625 - 0.05,
      meanUpper: 0.37625 + 0.05,
      elements: 6400,
      median: 0.2525,
      lowerQuartile: 0.00375,
      upperQuartile: 0.625,
      min: 0,
      max: 1,
      belowHalf: 0.5,
      neverFired: 1,
      nearlyDead: 2,
      dormant: 2,
      elementSparsity: 0.62375,
    });
    expect(report.layers[1]).toMatchObject({ skip: true, neverFired: 1, nearlyDead: 1 });
  });

  it('survives JSON unchanged, of a simulation and of a run that is nothing but a manifest and a NaN', async () => {
    const empty = memoryRunReader(sampleManifest([]), [
      { type: 'epoch.completed', step: 1, epoch: 1, trainLoss: NaN, trainAccuracy: NaN, seconds: 1 },
    ]);
    for (const reader of [plantedRun(), sampleSimulation(), sampleTheory(), empty]) {
      const report = await summarizeRun(reader);
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    }
    expect(await summarizeRun(empty)).toMatchObject({ status: 'running', activation: null, dead: null, layers: [] });
    const { simulations } = await summarizeRun(sampleSimulation());
    expect(simulations).toHaveLength(4);
    expect(simulations[0]).toMatchObject({
      name: 'Pr[y>0]',
      group: 'zero bias',
      trials: 500,
      points: 41,
      last: { x: 10_000 },
    });
  });

  it('tells what interventions did', async () => {
    const of = { intervention: 'redo', action: 'reset', reason: 'it is shared', epoch: 1 };
    const { interventions } = await summarizeRun(
      plantedRun({}, [
        { ...of, type: 'intervention.applied', site: 'first/relu', units: [0, 1], step: 10 },
        { ...of, type: 'intervention.applied', site: 'second/relu', units: [1], step: 10 },
        { ...of, type: 'intervention.withheld', intervention: 'other', site: 'first/relu', units: [2], step: 20 },
      ]),
    );
    expect(interventions).toEqual([
      {
        intervention: 'redo',
        action: 'reset',
        units: 3,
        sites: 2,
        times: 1,
        withheld: 0,
        sentence: 'redo: 3 units reset at 2 sites, after 1 measurement.',
      },
      {
        intervention: 'other',
        action: '',
        units: 0,
        sites: 0,
        times: 0,
        withheld: 1,
        sentence: 'other: 1 unit left alone.',
      },
    ]);
  });

  it('tells how far each theory is from the simulation, and tables, maps and notes', async () => {
    const { theories, tables, maps, notes } = await summarizeRun(sampleTheory());
    expect(theories.map(({ theory, compared, outside }) => [theory, compared, outside])).toEqual([
      ['C0, mean field', 37, 10],
      ['C1, linear noise', 37, 6],
      ['C2, Gaussian cubature', 37, 0],
    ]);
    expect(theories[0]!.largest).toEqual({
      x: 1778,
      standardErrors: expect.closeTo(15, 6) as number,
      difference: expect.closeTo(0.06, 6) as number,
    });
    expect(tables[0]!.rows[0]).toEqual(['he', 0.02, { value: 0.161, lower: 0.156, upper: 0.166 }, 20_000]);
    expect(maps).toEqual(['Basin of death']);
    expect(notes.map(({ severity }) => severity)).toEqual(['warning', 'information']);
  });
});
