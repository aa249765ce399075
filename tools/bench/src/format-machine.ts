import type { Machine } from './machine.js';

/** The machine in one line. */
export function formatMachine({ cpu, cores, vectors, memoryGiB, platform, node, loadAverage }: Machine): string {
  const processor = `${cpu}, ${cores} cores${vectors ? `, ${vectors}` : ''}`;
  return `${processor}, ${memoryGiB} GiB, ${platform}, Node ${node}, load before ${loadAverage.toFixed(2)}`;
}
