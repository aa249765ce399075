import type { Tensor } from 'onnxruntime-common';
import { createGraphRunner, type Provider } from './graph-runner.js';
import type { OnnxRuntime } from './onnx-runtime.js';
import type { GraphRunner, Runtime } from './runtime.js';

/**
 * ONNX Runtime as its own binding offers it: on any provider that is installed; every output is copied.
 *
 * @param configuration of its sessions, by ONNX Runtime's keys, beside the one that all have
 */
export function stockRuntime(
  ort: OnnxRuntime,
  provider: Provider = 'cpu',
  configuration: Readonly<Record<string, string>> = {},
): Runtime {
  return {
    name: 'stock',
    version: ort.env.versions.node!,
    tensor: (data, dims) =>
      data instanceof Int32Array ? new ort.Tensor('int32', data, dims) : new ort.Tensor('float32', data, dims),
    // Its graphs are only ever given its own tensors.
    load: (model, threading) =>
      createGraphRunner(ort, model, threading, { provider, configuration }) as Promise<
        GraphRunner<Tensor>
      > as Promise<GraphRunner>,
  };
}
