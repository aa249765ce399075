import type { Random } from '@reluctant/core';

/** Two disjoint sets of indices, each ascending, that together are all of them. */
export interface StratifiedChoice {
  readonly chosen: Uint32Array;
  readonly rest: Uint32Array;
}

/**
 * Chooses `size` of the labelled items at random so that every class keeps its share: class c gets ⌊size·n_c/n⌋ or one more,
 * the ones going to the largest remainders (Hamilton's method; the lower class first among equals).
 *
 * @param labels [n] class indices in [0, classes)
 * @param size in [0, n]
 */
export function stratifiedChoice(labels: Int32Array, classes: number, size: number, random: Random): StratifiedChoice {
  const members: number[][] = Array.from({ length: classes }, () => []);
  labels.forEach((label, index) => members[label].push(index));
  const quotas = apportion(
    members.map(({ length }) => length),
    size,
  );

  const isChosen = new Uint8Array(labels.length);
  members.forEach((indices, label) => {
    for (const index of random.shuffle(indices).slice(0, quotas[label])) isChosen[index] = 1;
  });

  const all = Uint32Array.from(labels, (_, index) => index);
  return {
    chosen: all.filter((index) => isChosen[index] === 1),
    rest: all.filter((index) => isChosen[index] === 0),
  };
}

function apportion(counts: readonly number[], size: number): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => 0);
  const quotas = counts.map((count) => Math.floor((size * count) / total));
  const left = size - quotas.reduce((sum, quota) => sum + quota, 0);
  const byRemainder = counts
    .map((count, label) => ({ label, remainder: (size * count) % total }))
    .sort((one, other) => other.remainder - one.remainder || one.label - other.label);
  for (const { label } of byRemainder.slice(0, left)) quotas[label]++;
  return quotas;
}
