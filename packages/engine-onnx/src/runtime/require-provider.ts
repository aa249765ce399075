import { ReluctantError } from '@reluctant/core';
import type { Provider } from './graph-runner.js';
import type { OnnxRuntime } from './onnx-runtime.js';
import { selfCheck } from './self-check.js';
import { stockRuntime } from './stock-runtime.js';

const REMEDIES: Readonly<Record<Exclude<Provider, 'cpu'>, string>> = {
  cuda:
    'It needs an NVIDIA GPU with CUDA 12 and cuDNN 9 on linux-x64, and libraries that npm does not bring: fetch them with ' +
    '`ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node --ignore-scripts=false`',
  webgpu: 'It needs a GPU and a driver for it that offers Vulkan, Metal or Direct3D 12',
};

/** ONNX Runtime otherwise computes on the cpu what a provider leaves, and with it everything. */
const NOTHING_ON_THE_CPU = { 'session.disable_cpu_ep_fallback': '1' };

/** Where in ONNX Runtime's source an assumption did not hold, which comes before what that means. */
const PLACE_IN_SOURCE = /^\/onnxruntime_src\/.* was false\. /;

/** Throws `ENGINE_UNAVAILABLE`, saying what is missing, unless the provider itself gets a known graph right. */
export async function requireProvider(ort: OnnxRuntime, provider: keyof typeof REMEDIES): Promise<void> {
  try {
    await selfCheck(stockRuntime(ort, provider, NOTHING_ON_THE_CPU));
  } catch (error) {
    const message = error instanceof Error ? error.message.trim().split('\n')[0] : String(error);
    const reason = message.replace(PLACE_IN_SOURCE, '');
    throw new ReluctantError(
      'ENGINE_UNAVAILABLE',
      `The onnx engine can't compute with provider "${provider}" here: ${reason}. ` +
        `${REMEDIES[provider]}; or choose provider "cpu".`,
      { cause: error },
    );
  }
}
