import { cpus } from 'node:os';
import type { NetworkGraph, TuningKey } from '@reluctant/core';
import type { DetectedDevice } from '../device/detect-device.js';
import { nodeSignatures } from '../lowering/node-signature.js';
import { strategyNames } from '../lowering/rule-table.js';
import type { Runtime } from '../runtime/runtime.js';

/** Raised where strategies come to compute otherwise under the names that they had. */
const STRATEGIES_VERSION = 1;

/** Everything that tunings depend on beside the network. */
export function tuningDevice(runtime: Runtime, { provider, block, threads, spinning }: DetectedDevice): string {
  return [
    'onnx',
    cpus()[0]?.model.trim() ?? 'unknown processor',
    `${process.platform}-${process.arch}`,
    `onnxruntime ${runtime.version} ${runtime.name}`,
    provider,
    `${threads} threads`,
    `spinning ${spinning}`,
    `block ${block}`,
    `strategies ${STRATEGIES_VERSION}: ${strategyNames('conv2d').join(', ')}`,
  ].join('; ');
}

/** Under what a tuning of this network is remembered: equal for networks that differ in nothing but names and weights. */
export function tuningKey(runtime: Runtime, device: DetectedDevice, graph: NetworkGraph): TuningKey {
  const signatures = nodeSignatures(graph);
  const places = new Map(graph.nodes.map(({ name }, place) => [name, place]));
  const nodes = graph.nodes.map(({ name, inputs }) => [signatures.get(name), ...inputs.map((of) => places.get(of))]);
  return {
    device: tuningDevice(runtime, device),
    subject: JSON.stringify({ nodes, output: places.get(graph.output) }),
  };
}
