import type { EngineStatus } from '@reluctant/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from './backend.js';

/** In order of preference. Neither is a dependency: their native parts are downloaded from outside the package registry. */
const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

/** Registers the tfjs backend `tensorflow` on being imported. */
interface NativeModule {
  readonly version?: Readonly<Record<string, string>>;
  readonly default?: NativeModule;
}

export type ImportPackage = (name: string) => Promise<NativeModule>;

/**
 * TensorFlow's C library behind tfjs. The first of the packages that loads is taken.
 *
 * @param importPackage how a package is imported
 */
export function nativeBackend(importPackage: ImportPackage = (name) => import(name)): Backend {
  let loading: Promise<EngineStatus> | undefined;
  return {
    status: () => (loading ??= loadFirst(importPackage)),
    async activate() {
      if (tf.getBackend() !== 'tensorflow') await tf.setBackend('tensorflow');
    },
  };
}

async function loadFirst(importPackage: ImportPackage): Promise<EngineStatus> {
  const failures: string[] = [];
  for (const name of PACKAGES) {
    try {
      const loaded = await importPackage(name);
      const version = (loaded.version ?? loaded.default?.version)?.['tfjs-node'];
      return { available: true, ...(version === undefined ? {} : { version }), device: deviceOf(name) };
    } catch (error) {
      failures.push(
        isNotInstalled(error, name) ? `${name} is not installed` : `${name} does not load (${reasonOf(error)})`,
      );
    }
  }
  return { available: false, reason: `${failures.join('; ')}. Run \`npm run setup:gpu\`, or choose another engine.` };
}

/** The GPU package falls back to the processor where it finds no device, and its backend knows. */
function deviceOf(name: string): string {
  const backend: unknown = tf.findBackend('tensorflow');
  const onGpu =
    typeof backend === 'object' &&
    backend !== null &&
    'isUsingGpuDevice' in backend &&
    backend.isUsingGpuDevice === true;
  return `${onGpu ? 'gpu' : 'cpu'} (${name})`;
}

function isNotInstalled(error: unknown, name: string): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND') &&
    error.message.includes(`'${name}'`)
  );
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}
