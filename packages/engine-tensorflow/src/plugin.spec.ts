import { Engine, pluginRegistry } from '@reluctant/core';
import { Container } from 'inversify';
import { expect, it } from 'vitest';
import { cpuEngine, engineTensorflowModule, tensorflowEngine } from './index.js';

it('binds both engines, which take no options', async () => {
  const container = new Container();
  await container.load(engineTensorflowModule);
  const engines = pluginRegistry(container, 'engine', Engine);
  expect(engines.kinds).toEqual(['cpu', 'tensorflow']);
  expect(engines.get('cpu')).toBe(cpuEngine);
  expect(engines.get('tensorflow')).toBe(tensorflowEngine);
  for (const { options } of engines.all) {
    expect(options.parse({})).toEqual({});
    expect(options.safeParse({ threads: 2 }).success).toBe(false);
  }
});
