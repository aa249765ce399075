import { withoutLeaks, type NetworkGraph } from '@reluctant/core';

/**
 * Name of the kernel, [height, width, channels, units], with which a site's units look at the image itself: convolution, and
 * normalisation perhaps, and nothing else lie between. Undefined for other sites.
 */
export function firstKernel(graph: NetworkGraph, site: string): string | undefined {
  const byName = new Map(withoutLeaks(graph).nodes.map((node) => [node.name, node]));
  const source = (name: string) => byName.get(byName.get(name)!.inputs[0])!;
  let node = source(site);
  while (node.operation.op === 'batchNorm') node = source(node.name);
  if (node.operation.op !== 'conv2d') return undefined;
  const { kernel } = node.operation;
  node = source(node.name);
  while (node.operation.op === 'zeroPad') node = source(node.name);
  return node.operation.op === 'input' ? kernel : undefined;
}
