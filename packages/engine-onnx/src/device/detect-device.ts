import type { Device } from '../lowering/device.js';
import type { OnnxOptions } from '../options.js';
import type { Runtime, Threading } from '../runtime/runtime.js';
import { detectBlock } from './detect-block.js';

/** What graphs are compiled for and run with. */
export interface DetectedDevice extends Device, Threading {
  /** Why there are no fast strategies, where there are none. */
  readonly plainBecause?: string;
}

export type DeviceOptions = Pick<OnnxOptions, 'provider' | 'threads' | 'spinning' | 'strategies'>;

/** Looking takes a few milliseconds, and gives the same answer every time. */
const blocks = new WeakMap<Runtime, Promise<number | undefined>>();

/** The device as the options ask for it, with what it is found to be able to. */
export async function detectDevice(runtime: Runtime, options: DeviceOptions): Promise<DetectedDevice> {
  const { provider, threads, spinning, strategies } = options;
  const device = { provider, threads, spinning };
  if (strategies === 'plain') return { ...device, plainBecause: 'asked for' };
  if (provider !== 'cpu') return { ...device, plainBecause: `fast ones are for provider "cpu"` };
  const known = blocks.get(runtime);
  const detected = known ?? detectBlock((model, x, dims) => runProbe(runtime, model, x, dims));
  if (!known) blocks.set(runtime, detected);
  const block = await detected;
  return block === undefined
    ? { ...device, plainBecause: 'this processor has no blocked kernels, or they failed their self-check' }
    : { ...device, block };
}

async function runProbe(
  runtime: Runtime,
  model: Uint8Array,
  x: Float32Array,
  dims: readonly number[],
): Promise<Float32Array> {
  const graph = await runtime.load(model, { threads: 1, spinning: 0 });
  const input = runtime.tensor(x, dims);
  try {
    const { y } = await graph.run({ x: input }, { y: null });
    return Float32Array.from(y.data as Float32Array);
  } finally {
    input.dispose();
    await graph.release();
  }
}
