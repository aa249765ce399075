import type { NetworkGraph, UnitWiring } from '@reluctant/core';

/**
 * Why a unit can't be re-initialised without changing others, as a clause; undefined where it can.
 * @param skips `repair`: its output may go on where no weight can be set to zero
 */
export function obstacleTo(
  { incoming, outgoing, bypasses, shared }: UnitWiring,
  { parameters }: NetworkGraph,
  skips: 'leave' | 'repair',
): string | undefined {
  if (incoming.length === 0) return 'no weights lead to it alone';
  if (shared.length > 0) return `${shared.join(', ')}: weights around it are used by another call of their layer too`;
  const kernels = new Set([...incoming, ...outgoing].map(({ kernel }) => kernel));
  const frozen = parameters.filter(({ name, trainable }) => kernels.has(name) && !trainable);
  if (frozen.length > 0) return `${frozen.map(({ name }) => name).join(', ')}: weights around it are frozen`;
  if (skips === 'repair' || bypasses.length === 0) return undefined;
  return bypasses.includes('logits')
    ? 'its output is among the logits, so that no weight can close it off'
    : 'its output goes on through a skip connection, so that no weight can close it off';
}
