import { expectReluctantError, FIXTURE_MODELS } from '@reluctant/core/testing';
import { readNetwork } from '@reluctant/core';
import { expect, it } from 'vitest';
import { createEagerEngine } from '../create-eager-engine.js';
import { cpuEngine } from '../engines.js';
import { nativeBackend } from './native-backend.js';

const notInstalled = (name: string) =>
  Promise.reject(
    Object.assign(new Error(`Cannot find package '${name}' imported from here`), { code: 'ERR_MODULE_NOT_FOUND' }),
  );

it('says how to install it where neither package is installed', async () => {
  const status = await nativeBackend(notInstalled).status();
  expect(status.available).toBe(false);
  expect(status.reason).toContain('@tensorflow/tfjs-node-gpu is not installed');
  expect(status.reason).toContain('@tensorflow/tfjs-node is not installed');
  expect(status.reason).toContain('npm run setup:gpu');
});

it('says why an installed package does not load, in one line', async () => {
  const status = await nativeBackend((name) =>
    name.endsWith('-gpu') ? Promise.reject(new Error('libcudnn.so.8: cannot open\nat somewhere')) : notInstalled(name),
  ).status();
  expect(status.reason).toContain('@tensorflow/tfjs-node-gpu does not load (libcudnn.so.8: cannot open);');
});

it('tells a package that lacks a dependency of its own from one that is not installed', async () => {
  const broken = () => notInstalled('@mapbox/node-pre-gyp');
  expect((await nativeBackend(broken).status()).reason).toContain(
    "does not load (Cannot find package '@mapbox/node-pre-gyp'",
  );
});

it('prefers the GPU package, takes the other where that fails, and loads once', async () => {
  const asked: string[] = [];
  const backend = nativeBackend((name) => {
    asked.push(name);
    return name.endsWith('-gpu')
      ? notInstalled(name)
      : Promise.resolve({ default: { version: { 'tfjs-node': '4.22.0' } } });
  });
  const status = await backend.status();
  expect(status).toEqual({ available: true, version: '4.22.0', device: 'cpu (@tensorflow/tfjs-node)' });
  expect(await backend.status()).toBe(status);
  expect(asked).toEqual(['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node']);
});

it('makes an engine that refuses to open and to prepare', async () => {
  await cpuEngine.prepare({});
  const network = readNetwork(FIXTURE_MODELS.dropout());
  const engine = createEagerEngine('tensorflow', 'for this test', nativeBackend(notInstalled));
  const plan = {
    optimizer: { kind: 'sgd', weightDecay: 0, decayOn: 'kernels' },
    loss: { kind: 'softmax-cross-entropy', labelSmoothing: 0 },
    taps: [],
    seed: 1,
  } as const;
  expect((await engine.status({})).available).toBe(false);
  const error = await expectReluctantError(engine.open(network, plan, {}), 'ENGINE_UNAVAILABLE');
  expect(error.message).toContain('npm run setup:gpu');
  await expectReluctantError(engine.prepare({}), 'ENGINE_UNAVAILABLE');
  network.model.dispose();
});
