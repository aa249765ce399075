import { RunStore } from '@reluctant/core';
import { ContainerModule } from 'inversify';
import { createRunStore, type RunStoreOptions } from './file-run-store.js';

/** Binds the `RunStore` of the runs in `root`. */
export function storeModule(root: string, options: Omit<RunStoreOptions, 'root'> = {}): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(RunStore).toConstantValue(createRunStore({ ...options, root }));
  });
}
