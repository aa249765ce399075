import { TuningMemory } from '@reluctant/core';
import { ContainerModule } from 'inversify';
import { createTuningMemory } from './file-tuning-memory.js';

/** Binds the `TuningMemory` that lies in `root`. */
export function tuningMemoryModule(root: string): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(TuningMemory).toConstantValue(createTuningMemory(root));
  });
}
