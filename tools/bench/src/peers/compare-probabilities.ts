import type { FiredBatch } from '../row-answers.js';
import type { Peer } from './peer.js';
import type { ProbabilityAgreement } from './peers-report.js';
import { siteAgreements } from './probability-agreement.js';

/** What every row of one seed has counted on the test images, by its name, after each number of steps that is asked for. */
export type CountedRows = ReadonlyMap<number, ReadonlyMap<string, readonly FiredBatch[]>>;

/** Has rows take steps and count. They have taken their first step. */
export async function countAfter(steps: readonly number[], peers: readonly Peer[]): Promise<CountedRows> {
  const counted = new Map<number, Map<string, readonly FiredBatch[]>>();
  let taken = 1;
  for (const step of steps) {
    const rows = new Map<string, readonly FiredBatch[]>();
    for (const peer of peers) {
      if (step > taken) await peer.steps(step - taken);
      rows.set(nameOf(peer), await peer.evaluate());
    }
    taken = step;
    counted.set(step, rows);
  }
  return counted;
}

/**
 * What rows have found of Pr[y>0]: each of PyTorch's with ours, and PyTorch's other layout with its default one, which is the yardstick.
 * @param seeds what `countAfter` gave, of each seed, of ours and PyTorch's; nothing of none
 * @param elements of a unit in a batch, by site: images times positions
 */
export function compareProbabilities(
  seeds: readonly CountedRows[],
  elements: Readonly<Record<string, number>>,
): readonly ProbabilityAgreement[] {
  const [some] = seeds;
  if (!some) return [];
  return [...some.entries()].flatMap(([steps, rows]) => {
    const [ours, first, ...others] = rows.keys();
    const compare = (one: string, other: string): ProbabilityAgreement => ({
      steps,
      one,
      other,
      sites: siteAgreements(
        seeds.map((seed) => ({ ours: seed.get(steps)!.get(one)!, theirs: seed.get(steps)!.get(other)! })),
        elements,
      ),
    });
    const pairs = [...[first, ...others].map((other) => [ours, other]), ...others.map((other) => [first, other])];
    return pairs.map(([one, other]) => compare(one, other));
  });
}

function nameOf({ side, layout }: Peer): string {
  return side === 'ours' ? 'ours' : `PyTorch ${layout}`;
}
