import type { Reading, RunManifest, TrainingEvent } from '@reluctant/core';
import { describe, expect, it } from 'vitest';
import { summariesOf } from './summaries.js';

const stamp = { seq: 1, time: '2026-01-31T09:30:00Z' };
const place = { step: 7, epoch: 0.5 };

describe('summariesOf', () => {
  it('groups numbers of training by what they are taken from', () => {
    const step = { ...stamp, ...place, type: 'step.completed', loss: 2, correct: 3, size: 4, learningRate: 0.1, seconds: 1 } as const; // prettier-ignore
    expect(summariesOf(step)).toEqual({
      step: 7,
      values: [
        { tag: 'step/loss', scalar: 2 },
        { tag: 'step/accuracy', scalar: 0.75 },
        { tag: 'step/learning-rate', scalar: 0.1 },
      ],
    });
    const evaluation = { ...stamp, ...place, type: 'evaluation.completed', split: 'test', loss: 1, accuracy: 0.5, images: 9 } as const; // prettier-ignore
    expect(summariesOf(evaluation)!.values.map(({ tag }) => tag)).toEqual(['evaluation/test-loss', 'evaluation/test-accuracy']); // prettier-ignore
    const epoch = {
      ...stamp,
      ...place,
      type: 'epoch.completed',
      trainLoss: 1,
      trainAccuracy: 0.5,
      seconds: 3,
    } as const;
    expect(summariesOf(epoch)!.values.map(({ tag }) => tag)).toEqual(['epoch/train-loss', 'epoch/train-accuracy', 'epoch/seconds']); // prettier-ignore
  });

  it('groups readings by probe, then site, and keeps the two series apart', () => {
    const reading: Reading = {
      ...{ probe: 'activation-probability', site: 'block1/relu', on: 'probe-split', ...place, images: 5 },
      units: { pr: [0, 1], fired: [0, 5] },
      layer: { mean: 0.5, confidence: 0.95 },
    };
    const of = (on: Reading['on']) => summariesOf({ ...stamp, type: 'probe.reading', reading: { ...reading, on } })!;
    expect(of('probe-split')).toMatchObject({
      step: 7,
      values: [
        { tag: 'activation-probability/block1/relu/mean', scalar: 0.5 },
        { tag: 'activation-probability/block1/relu', histogram: { num: 2, sum: 1 } },
      ],
    });
    expect(of('training-step').values[0].tag).toBe('activation-probability-in-training/block1/relu/mean');
  });

  it('shows the experiment as a block of code, and leaves other events out', () => {
    const manifest = { config: { name: '# <b>' } } as unknown as RunManifest;
    expect(summariesOf({ ...stamp, type: 'run.started', manifest })!.values).toEqual([
      { tag: 'experiment/config', text: '    {\n      "name": "# <b>"\n    }' },
    ]);
    expect(summariesOf({ ...stamp, type: 'run.finished', status: 'completed', step: 7 } as TrainingEvent)).toBeUndefined(); // prettier-ignore
  });
});
