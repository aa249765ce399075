import type { SimulationNote } from '@reluctant/core';
import { format, information } from '../comparison/wording.js';
import type { DeathOptions } from './death-options.js';
import type { DeathCell } from './death-study.js';

/** What the table says on the claim that units can die regardless of how they are initialised. */
export function initializationNotes(
  { initializations, confidence }: DeathOptions,
  cells: readonly DeathCell[],
  hasMeanField: boolean,
): readonly SimulationNote[] {
  const texts: string[] = [];
  if (initializations.length > 1) texts.push(spread(cells, initializations.length, confidence));
  if (hasMeanField) {
    texts.push(
      'The mean field is the limit of small steps without noise: what is above it is the work of the step size and the noise.',
    );
  }
  return texts.map(information);
}

function spread(cells: readonly DeathCell[], initializations: number, confidence: number): string {
  const conditions = Array.from({ length: cells.length / initializations }, (_, i) =>
    cells.slice(i * initializations, (i + 1) * initializations),
  );
  const differ = conditions.filter((condition) => {
    const lowest = Math.min(...condition.map(({ dead }) => dead.upper));
    return condition.some(({ dead }) => dead.lower > lowest);
  }).length;
  const everywhere = conditions.filter((condition) => condition.every(({ dead }) => dead.lower > 0)).length;
  const shares = cells.map(({ dead }) => dead.value);
  return (
    `Regardless of initialisation? In ${everywhere} of ${conditions.length} conditions units die from every initialisation; ` +
    `in ${differ} the shares differ beyond their ${format(100 * confidence)} % intervals, so that initialisation decides how many. ` +
    `They range from ${format(100 * Math.min(...shares))} % to ${format(100 * Math.max(...shares))} %.`
  );
}
