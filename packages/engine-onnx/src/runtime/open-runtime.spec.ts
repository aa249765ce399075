import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expectReluctantError } from '@reluctant/core/testing';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { libraryPath } from './native/library-path.js';
import { nativeRuntime } from './native/native-runtime.js';
import { runtimeOpener } from './open-runtime.js';
import { requireProvider } from './require-provider.js';
import type { Runtime } from './runtime.js';
import { selfCheck } from './self-check.js';
import { stockRuntime } from './stock-runtime.js';

const stock = async () => ort;
const native = async () => nativeRuntime(libraryPath());

/** The native runtime, were it to negate every number that it is given. */
async function wrong(): Promise<Runtime> {
  const right = await native();
  return {
    ...right,
    tensor: (data, dims) =>
      right.tensor(
        data.map((value: number) => -value),
        dims,
      ),
  };
}

const missing = () => Promise.reject(new Error('no such file\nRequire stack: …'));

describe('runtimeOpener', () => {
  it('takes the native runtime where it works, and the stock binding where that is asked for', async () => {
    const open = runtimeOpener({ stock, native });
    expect((await open({ runtime: 'auto', provider: 'cpu' })).name).toBe('native');
    expect((await open({ runtime: 'native', provider: 'cpu' })).name).toBe('native');
    expect((await open({ runtime: 'stock', provider: 'cpu' })).name).toBe('stock');
  });

  it('loads and checks the native runtime once', async () => {
    let loaded = 0;
    const open = runtimeOpener({ stock, native: () => (loaded++, native()) });
    const [first, second] = [
      await open({ runtime: 'auto', provider: 'cpu' }),
      await open({ runtime: 'native', provider: 'cpu' }),
    ];
    expect(second).toBe(first);
    expect(loaded).toBe(1);
  });

  it.each([
    ["can't be loaded", missing, /: no such file\. Choose runtime "auto" or "stock"\.$/],
    ['computes wrongly', wrong, /its answer to a known product is .*\. Choose runtime/],
  ])('falls back on the stock binding where the native runtime %s, unless asked for it', async (_, source, reason) => {
    const open = runtimeOpener({ stock, native: source });
    expect((await open({ runtime: 'auto', provider: 'cpu' })).name).toBe('stock');
    const error = await expectReluctantError(open({ runtime: 'native', provider: 'cpu' }), 'ENGINE_UNAVAILABLE');
    expect(error.message).toMatch(reason);
  });

  it('refuses providers that the native runtime does not have', async () => {
    const opened = runtimeOpener({ stock, native })({ runtime: 'native', provider: 'cuda' });
    expect((await expectReluctantError(opened, 'ENGINE_UNAVAILABLE')).message).toContain('not with provider "cuda"');
  });

  const cudaLibrary = join(dirname(libraryPath()), 'libonnxruntime_providers_cuda.so');
  it.skipIf(existsSync(cudaLibrary))("tells what is missing for a provider that can't be had", async () => {
    const opened = runtimeOpener({ stock, native })({ runtime: 'auto', provider: 'cuda' });
    const { message } = await expectReluctantError(opened, 'ENGINE_UNAVAILABLE');
    expect(message).toMatch(/provider "cuda" here: .+\. It needs an NVIDIA GPU .+; or choose provider "cpu"\.$/);
  });
});

describe('requireProvider', () => {
  it("tells ONNX Runtime's reason without its source code", async () => {
    const create = async () => {
      throw new Error('/onnxruntime_src/webgpu_context.cc:136 adapter_result was false. No supported adapters\n');
    };
    const withoutGpu = { ...ort, InferenceSession: { create } } as unknown as typeof ort;
    const { message } = await expectReluctantError(requireProvider(withoutGpu, 'webgpu'), 'ENGINE_UNAVAILABLE');
    expect(message).toContain('"webgpu" here: No supported adapters. It needs a GPU');
  });
});

describe('selfCheck', () => {
  it('accepts both runtimes', async () => {
    await selfCheck(await native());
    await selfCheck(stockRuntime(ort));
  });

  it('notices where the cpu stands in for a provider', async () => {
    const onlyTheProvider = stockRuntime(ort, 'cpu', { 'session.disable_cpu_ep_fallback': '1' });
    await expect(selfCheck(onlyTheProvider)).rejects.toThrow('fallback');
  });
});
