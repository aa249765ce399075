import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { learnableBatches } from '../agreement/learnable-batches.js';
import { openPytorch } from '../engine/open-contenders.js';
import { architectureBuilder } from '../step/architecture-builder.js';
import { findEngines, findWatches } from '../step/open-subjects.js';
import { openWatched } from '../step/open-watched.js';
import { LEARNING_RATE } from '../step/training-plan.js';
import { SharedFiles } from './shared-files.js';

const python = '/usr/bin/python3';
const hasPytorch = spawnSync(python, ['-c', 'import torch']).status === 0;

describe.skipIf(!hasPytorch)('with PyTorch (apt-get install python3-torch where this is skipped)', () => {
  it.each(['vgg11', 'vgg11-bn', 'resnet8'])(
    'its hooks in %s count what our taps of all probes count, gradients included',
    { timeout: 120_000 },
    async (architecture) => {
      const [, { taps }] = await findWatches(['all-probes']);
      const { batches } = await learnableBatches(1, 8);
      const build = architectureBuilder(architecture, 0.25);
      const [engine] = await findEngines(['onnx'], {});
      const inTraining: typeof taps = (sites) => taps(sites).filter(({ on }) => on === 'training-step');
      const { network, session } = await openWatched(build, engine, inTraining);
      const files = await SharedFiles.create();
      const options = { python, threads: 1, channelsLast: false };
      const pytorch = await openPytorch({ build, batches, files }, network, inTraining(network.sites), options);
      try {
        const mine = await session.trainStep(batches[0], { learningRate: LEARNING_RATE, step: 0 });
        const { points } = await pytorch.step();
        const seen = new Set<string>();
        for (const { site, at, values } of mine.taps) {
          for (const [statistic, ours] of Object.entries(values)) {
            seen.add(`${at} ${statistic}`);
            const theirs = points[site][at][statistic];
            // Sums may cancel: behind batch normalisation to rounding errors.
            const { positions } = network.sites.find(({ name }) => name === site)!;
            const summed =
              statistic === 'sum' ? points[site][at].sumSquares.map((each) => Math.sqrt(8 * positions * each)) : theirs;
            const scale = Math.max(...summed.map(Math.abs));
            // Counts may differ by an element that rounding puts on the other side of 0.
            const tolerance = /ired$/.test(statistic) ? 2 : 1e-3 * scale;
            for (const [unit, value] of ours.entries()) {
              expect(Math.abs(value - theirs[unit]), `${site} ${at} ${statistic} ${unit}`).toBeLessThanOrEqual(
                tolerance,
              );
            }
          }
        }
        for (const point of ['activation', 'preactivation', 'gradient', 'preactivation-gradient']) {
          expect(seen).toContain(`${point} fired`);
        }
        expect(seen).toContain('gradient sumAbs');
        expect(seen).toContain('preactivation-gradient sumSquares');
      } finally {
        await pytorch.close();
        await session.close();
        network.model.dispose();
        await files.remove();
      }
    },
  );
});
