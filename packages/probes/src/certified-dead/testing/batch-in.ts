import type { Batch, InputRange, Network, Random } from '@reluctant/core';

/** Images in a range: a third uniform, a third with every element at one of the ends, a third all at one end but for a few elements. */
export function batchIn({ graph }: Network, { lower, upper }: InputRange, random: Random, size: number): Batch {
  const { shape } = graph.nodes.find(({ name }) => name === graph.input)!;
  const channels = shape.at(-1)!;
  const elements = shape.reduce((product, extent) => product * extent, 1);
  const x = Float32Array.from({ length: size * elements }, (_, i) => {
    const [from, to] = [lower, upper].map((ends) => ends[ends.length === 1 ? 0 : i % channels]);
    const kind = Math.floor(i / elements) % 3;
    if (kind === 0) return from + random.uniform() * (to - from);
    if (kind === 1) return random.uniform() < 0.5 ? from : to;
    const [common, other] = Math.floor(i / elements) % 2 === 0 ? [from, to] : [to, from];
    return random.uniform() < 0.9 ? common : other;
  });
  return { size, x, y: new Int32Array(size) };
}
