import { ReluctantError } from '@reluctant/core';
import type { OnnxOptions } from '../options.js';
import type { OnnxRuntime } from './onnx-runtime.js';
import { requireProvider } from './require-provider.js';
import type { Runtime } from './runtime.js';
import { selfCheck } from './self-check.js';
import { stockRuntime } from './stock-runtime.js';

export type RuntimeChoice = Pick<OnnxOptions, 'runtime' | 'provider'>;

/** Where the runtimes come from. Each may be asked for several times, and throws where it can't be loaded. */
export interface RuntimeSources {
  stock(): Promise<OnnxRuntime>;
  native(): Promise<Runtime>;
}

/**
 * Gives the runtime that the options ask for. The native one must have got a known graph right; `auto` takes the stock
 * binding where it can't be loaded or did not. Execution providers other than the cpu are the stock binding's.
 *
 * Throws `ENGINE_UNAVAILABLE` for an explicit choice that can't be had, with the reason.
 */
export function runtimeOpener(sources: RuntimeSources): (choice: RuntimeChoice) => Promise<Runtime> {
  let checked: Promise<Runtime> | undefined;
  const native = () => (checked ??= openNative(sources));
  return async ({ runtime, provider }) => {
    if (provider !== 'cpu') {
      if (runtime === 'native') throw refusal(`it computes on the cpu, not with provider "${provider}"`);
      const ort = await sources.stock();
      await requireProvider(ort, provider);
      return stockRuntime(ort, provider);
    }
    if (runtime === 'stock') return stockRuntime(await sources.stock());
    return native().catch(async (error: unknown) => {
      if (runtime === 'native') throw refusal(error instanceof Error ? error.message : String(error), error);
      return stockRuntime(await sources.stock());
    });
  };
}

async function openNative(sources: RuntimeSources): Promise<Runtime> {
  const runtime = await sources.native();
  await selfCheck(runtime);
  return runtime;
}

function refusal(reason: string, cause?: unknown): ReluctantError {
  return new ReluctantError(
    'ENGINE_UNAVAILABLE',
    `The native runtime of the onnx engine can't be used on ${process.platform}-${process.arch}: ` +
      `${reason.split('\n')[0]}. Choose runtime "auto" or "stock".`,
    { cause },
  );
}

/** The runtime that the options ask for, of the ONNX Runtime that is installed. */
export const openRuntime = runtimeOpener({
  stock: () => import('onnxruntime-node'),
  native: async () => {
    const [{ nativeRuntime }, { libraryPath }] = await Promise.all([
      import('./native/native-runtime.js'),
      import('./native/library-path.js'),
    ]);
    return nativeRuntime(libraryPath());
  },
});
