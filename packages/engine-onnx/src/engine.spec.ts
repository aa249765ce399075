import { availableParallelism } from 'node:os';
import { Engine, TuningMemory } from '@reluctant/core';
import { expectReluctantError } from '@reluctant/core/testing';
import { Container } from 'inversify';
import { describe, expect, it, vi } from 'vitest';
import { createOnnxEngine } from './engine.js';
import { engineOnnxModule, onnxEngine } from './index.js';
import type { OnnxOptions } from './options.js';

const options = onnxEngine.options.parse({});

describe('the onnx engine', () => {
  it('is bound by its plugin module', () => {
    const container = new Container();
    container.load(engineOnnxModule);
    expect(container.get(Engine)).toBe(onnxEngine);
  });

  it('keeps its tunings in the memory that the container has', async () => {
    const container = new Container();
    container.load(engineOnnxModule);
    const list = vi.fn(async () => [] as string[]);
    const memory: TuningMemory = { recall: async () => undefined, remember: async () => undefined, list };
    container.bind(TuningMemory).toConstantValue(memory);
    const engine = container.get(Engine);
    expect(container.get(Engine)).toBe(engine);
    await engine.status(options);
    expect(list).toHaveBeenCalledOnce();
  });

  it('computes with every available core unless told otherwise, and refuses options that make no sense', () => {
    expect(options).toEqual({
      threads: availableParallelism(),
      spinning: 50,
      worker: true,
      provider: 'cpu',
      runtime: 'auto',
      strategies: 'auto',
      tune: false,
    });
    expect(onnxEngine.options.safeParse({ threads: 0 }).success).toBe(false);
    expect(onnxEngine.options.safeParse({ provider: 'abacus' }).success).toBe(false);
    expect(onnxEngine.options.safeParse({ cores: 2 }).success).toBe(false);
  });

  it('tells version, device, and whether fast strategies are in use', async () => {
    const version = expect.stringMatching(/^\d+\.\d+\.\d+/) as string;
    const status = (more: Partial<OnnxOptions>) => onnxEngine.status({ ...options, threads: 1, ...more });
    const device = expect.stringMatching(
      /^cpu \(1 thread, zero-copy, (channels in blocks of (8|16)|plain strategies: .+)\)$/,
    );
    expect(await status({ runtime: 'native' })).toMatchObject({ available: true, version, device: device as unknown });
    expect(await status({ runtime: 'stock', strategies: 'plain' })).toEqual({
      available: true,
      version,
      device: 'cpu (1 thread, plain strategies: asked for)',
      details: ['convolutions: plain (asked for)', 'tuning: nothing to choose from where all strategies are plain'],
    });
  });

  describe('where the native library is missing', () => {
    const engine = createOnnxEngine(() => Promise.reject(new Error('no such file\nRequire stack: …')));

    it('says so, why, and what to do', async () => {
      const { available, reason } = await engine.status(options);
      expect(available).toBe(false);
      expect(reason).toMatch(/no such file\. Reinstall onnxruntime-node, or choose another engine\.$/);
    });

    it('refuses to open a network', async () => {
      await expectReluctantError(engine.open(undefined as never, undefined as never, options), 'ENGINE_UNAVAILABLE');
    });
  });
});
