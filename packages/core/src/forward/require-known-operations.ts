import { ReluctantError } from '../errors.js';
import type { NetworkGraph } from '../graph/graph.js';
import { KERNELS } from './operations/kernels.js';

/** Throws `ENGINE_UNSUPPORTED` naming the first node whose operation `forward` doesn't know: a layer may describe itself wrongly. */
export function requireKnownOperations({ nodes }: NetworkGraph): void {
  const stranger = nodes.find(({ operation }) => !Object.hasOwn(KERNELS, operation.op));
  if (!stranger) return;
  const { name, operation } = stranger;
  throw new ReluctantError('ENGINE_UNSUPPORTED', `Node "${name}": the operation "${operation.op}" is not known.`);
}
