import { Dataset, pluginRegistry } from '@reluctant/core';
import { Container } from 'inversify';
import { describe, expect, it } from 'vitest';
import type { ZodType } from 'zod';
import { datasetsModule } from './index.js';

const container = new Container();
container.load(datasetsModule);
const registry = pluginRegistry(container, 'dataset', Dataset);

describe('the plugin module', () => {
  it('binds every data set', () => {
    expect(registry.kinds).toEqual(['auto', 'cifar10', 'idx', 'image-folder', 'textures']);
  });

  it.each(registry.all.map((dataset) => [dataset.kind, dataset] as const))(
    '%s describes itself and its options',
    (_, dataset) => {
      expect(dataset.summary).not.toBe('');
      for (const [name, option] of Object.entries(dataset.options.shape)) {
        expect((option as ZodType).description, name).toBeTruthy();
      }
      expect(dataset.options.safeParse({ path: '.', nonsense: 1 }).success).toBe(false);
    },
  );
});
