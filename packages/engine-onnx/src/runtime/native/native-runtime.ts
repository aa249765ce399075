import type { Runtime, Threading } from '../runtime.js';
import { ERRORS_ONLY, sessionConfiguration } from '../session-settings.js';
import { NativeGraph } from './native-graph.js';
import { NativeTensor } from './native-tensor.js';
import { OrtApi, type Pointer } from './ort-api.js';

const ALL_OPTIMIZATIONS = 99;
const DEVICE_ALLOCATOR = 0;
const DEFAULT_MEMORY = 0;

/**
 * ONNX Runtime through its C API: graphs read and write the caller's arrays in place. It computes on the cpu.
 *
 * @param libraryPath of ONNX Runtime's shared library; throws where it can't be loaded
 */
export function nativeRuntime(libraryPath: string): Runtime {
  const api = new OrtApi(libraryPath);
  // One for the process, whoever asks first; it is left to the process's end, since sessions of other threads use it too.
  const environment = api.get('CreateEnv', ERRORS_ONLY, 'reluctant');
  const memory = api.get('CreateCpuMemoryInfo', DEVICE_ALLOCATOR, DEFAULT_MEMORY);
  return {
    name: 'native',
    version: api.version,
    tensor: (data, dims) => new NativeTensor(api, memory, data, dims),
    load: async (model, threading) => new NativeGraph(api, memory, createSession(api, environment, model, threading)),
  };
}

function createSession(
  api: OrtApi,
  environment: Pointer,
  model: Uint8Array,
  { threads, spinning }: Threading,
): Pointer {
  const options = api.get('CreateSessionOptions');
  try {
    api.call('SetSessionGraphOptimizationLevel', options, ALL_OPTIMIZATIONS);
    api.call('SetIntraOpNumThreads', options, threads);
    api.call('SetSessionLogSeverityLevel', options, ERRORS_ONLY);
    for (const [key, value] of Object.entries(sessionConfiguration(spinning))) {
      api.call('AddSessionConfigEntry', options, key, value);
    }
    return api.get('CreateSessionFromArray', environment, model, model.length, options);
  } finally {
    api.release('SessionOptions', options);
  }
}
