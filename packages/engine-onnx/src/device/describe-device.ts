import { strategyNames } from '../lowering/rule-table.js';
import type { Runtime } from '../runtime/runtime.js';
import { describeTuning, type Tuning } from '../tune/tuning.js';
import type { DetectedDevice } from './detect-device.js';

/** `cpu (2 threads, zero-copy, channels in blocks of 16)` */
export function describeDevice(
  { provider, threads, block, plainBecause }: DetectedDevice,
  runtime: Runtime['name'],
  tuning?: Tuning,
): string {
  const traits = [
    threads === 1 ? '1 thread' : `${threads} threads`,
    ...(runtime === 'native' ? ['zero-copy'] : []),
    block === undefined ? `plain strategies: ${plainBecause}` : `channels in blocks of ${block}`,
    ...(tuning ? [`tuned: ${describeTuning(tuning)}`] : []),
  ];
  return `${provider} (${traits.join(', ')})`;
}

/** Which strategies convolutions have on this device, and why. */
export function describeStrategies({ block, plainBecause }: DetectedDevice): string {
  return block === undefined
    ? `convolutions: plain (${plainBecause})`
    : `convolutions: ${strategyNames('conv2d').join(', ')}, by shape (blocks of ${block} channels passed their check)`;
}

/**
 * What became of the option `tune` on this device.
 *
 * @param remembered tunings of networks on it
 */
export function describeTunings({ block }: DetectedDevice, asked: boolean, remembered: readonly Tuning[]): string {
  if (block === undefined) return 'tuning: nothing to choose from where all strategies are plain';
  const networks = remembered.length === 1 ? '1 network' : `${remembered.length} networks`;
  const found = remembered.length === 0 ? '' : ` (${remembered.map(describeTuning).sort().join('; ')})`;
  return `tuning: ${asked ? 'on' : 'off'}, ${networks} remembered for this device${found}`;
}
