interface Cluster {
  /** Leaves, in order. */
  readonly leaves: readonly number[];
  readonly centre: readonly number[];
  /** Mean of the centre. */
  readonly level: number;
}

/** Two clusters that were joined, by their smallest leaves, and how much the sum of squares within clusters grew. */
export interface WardMerge {
  readonly leaves: readonly [number, number];
  readonly increase: number;
}

/**
 * Puts vectors in the order of the leaves of their hierarchical clustering by Ward's method (1963), found by chains of nearest
 * neighbours (Murtagh 1983) in O(n²) time and O(n) memory. Of two branches the one with the higher mean comes first, so that
 * the order is the same at every call.
 *
 * @param vectors finite and of equal length
 * @param onMerge told of every join, not in the order of their increases
 */
export function wardOrder(
  vectors: readonly (readonly number[])[],
  onMerge: (merge: WardMerge) => void = () => {},
): readonly number[] {
  const active = new Set<Cluster>(vectors.map((centre, leaf) => ({ leaves: [leaf], centre, level: meanOf(centre) })));
  const chain: Cluster[] = [];
  while (active.size > 1) {
    if (chain.length === 0) chain.push(active.values().next().value!);
    const tip = chain.at(-1)!;
    const before = chain.at(-2);
    // Among equally near ones that before it: else a chain could run in a circle.
    let nearest = before;
    let least = before ? wardIncrease(tip, before) : Infinity;
    for (const other of active) {
      if (other === tip || other === before) continue;
      const increase = wardIncrease(tip, other);
      if (increase < least) [nearest, least] = [other, increase];
    }
    if (nearest !== before || !nearest) {
      chain.push(nearest!);
      continue;
    }
    chain.length -= 2;
    active.delete(tip);
    active.delete(nearest);
    onMerge({ leaves: [Math.min(...tip.leaves), Math.min(...nearest.leaves)], increase: least });
    active.add(joined(tip, nearest));
  }
  return [...active][0]?.leaves ?? [];
}

/** By how much the sum of squares within clusters grows where two become one. */
function wardIncrease(a: Cluster, b: Cluster): number {
  let squares = 0;
  for (let i = 0; i < a.centre.length; i++) squares += (a.centre[i]! - b.centre[i]!) ** 2;
  return (squares * a.leaves.length * b.leaves.length) / (a.leaves.length + b.leaves.length);
}

function joined(a: Cluster, b: Cluster): Cluster {
  const first = a.level - b.level || b.leaves[0]! - a.leaves[0]!;
  const leaves = first > 0 ? [...a.leaves, ...b.leaves] : [...b.leaves, ...a.leaves];
  const [sizeA, sizeB] = [a.leaves.length, b.leaves.length];
  const centre = a.centre.map((value, i) => (value * sizeA + b.centre[i]! * sizeB) / (sizeA + sizeB));
  return { leaves, centre, level: meanOf(centre) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
