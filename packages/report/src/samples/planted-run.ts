import type { EventBody, RunManifest, RunReader } from '@reluctant/core';
import type { Site } from '../queries/sites.js';
import { memoryRunReader } from './memory-run-reader.js';
import { plantReadings } from './plant-readings.js';
import { sampleManifest, site } from './sample-manifest.js';

/** Two small sites whose numbers can be worked out by hand. */
export const PLANTED_SITES: readonly Site[] = [
  site('first/relu', 1, 4, 'conv', false),
  site('second/relu', 2, 2, 'dense', true),
];

/**
 * Pr[y>0] by measurement, site and unit. In the end: `first/relu` has a unit that never fired since step 10, one that is
 * nearly dead since step 20, one half alive and one always on; `second/relu` one that never fired at all and one revived.
 */
export const PLANTED_PR = [
  {
    step: 0,
    epoch: 0,
    pr: [
      [0.5, 0.5, 0.5, 1],
      [0, 0],
    ],
  },
  {
    step: 10,
    epoch: 1,
    pr: [
      [0, 0.5, 0.5, 1],
      [0, 0.25],
    ],
  },
  {
    step: 20,
    epoch: 2,
    pr: [
      [0, 0.005, 0.5, 1],
      [0, 0.75],
    ],
  },
] as const;

export const PLANTED_IMAGES = 100;

export function plantedEvents(): readonly EventBody[] {
  const probe = 'unit-lifecycle';
  return [
    ...PLANTED_PR.flatMap(({ step, epoch, pr }) =>
      PLANTED_SITES.flatMap((planted, index) =>
        plantReadings({ site: planted, pr: pr[index]!, step, epoch, images: PLANTED_IMAGES }),
      ),
    ),
    { type: 'unit.born-dead', probe, site: 'second/relu', unit: 0, step: 0, epoch: 0 },
    { type: 'unit.born-dead', probe, site: 'second/relu', unit: 1, step: 0, epoch: 0 },
    { type: 'unit.died', probe, site: 'first/relu', unit: 0, step: 10, epoch: 1 },
    { type: 'unit.revived', probe, site: 'second/relu', unit: 1, step: 10, epoch: 1 },
    { type: 'epoch.completed', step: 10, epoch: 1, trainLoss: 1.5, trainAccuracy: 0.5, seconds: 1 },
    { type: 'evaluation.completed', step: 10, epoch: 1, split: 'test', loss: 1.75, accuracy: 0.4, images: 800 },
    { type: 'epoch.completed', step: 20, epoch: 2, trainLoss: 1.125, trainAccuracy: 0.625, seconds: 1 },
    { type: 'evaluation.completed', step: 20, epoch: 2, split: 'test', loss: 1.25, accuracy: 0.6125, images: 800 },
    { type: 'run.finished', status: 'completed', step: 20 },
  ];
}

export function plantedRun(changes: Partial<RunManifest> = {}, further: readonly EventBody[] = []): RunReader {
  return memoryRunReader(sampleManifest(PLANTED_SITES, { id: 'planted', name: 'Planted', ...changes }), [
    ...plantedEvents(),
    ...further,
  ]);
}
