/** Counts of one hidden layer, over the networks drawn. */
export interface LayerTally {
  readonly units: number;
  /** Networks in which any, and in which all, of its units are dead. */
  anyUnitDead: number;
  silent: number;
  /** Σ and Σ² of the numbers of its dead units. */
  dead: number;
  deadSquares: number;
}

/**
 * What is counted over networks drawn independently: exact integers, which any order of the draws leaves the same. A unit is
 * dead where it fires on none of the inputs, a layer silent where all its units are dead.
 */
export class BornDeadTally {
  draws = 0;
  /** Networks with at least one dead unit, with a silent layer, and with a silent last layer. */
  anyUnitDead = 0;
  someLayerSilent = 0;
  lastLayerSilent = 0;
  readonly layers: readonly LayerTally[];

  /** @param units of each layer, from the input on */
  constructor(units: readonly number[]) {
    this.layers = units.map((count) => ({ units: count, anyUnitDead: 0, silent: 0, dead: 0, deadSquares: 0 }));
  }

  /** Counts one network. @param dead the number of dead units of each layer */
  add(dead: ArrayLike<number>): void {
    let anyDead = false;
    let anySilent = false;
    let silent = false;
    for (let i = 0; i < this.layers.length; i++) {
      const layer = this.layers[i];
      silent = dead[i] === layer.units;
      anySilent ||= silent;
      anyDead ||= dead[i] > 0;
      if (dead[i] > 0) layer.anyUnitDead++;
      if (silent) layer.silent++;
      layer.dead += dead[i];
      layer.deadSquares += dead[i] * dead[i];
    }
    this.draws++;
    if (anyDead) this.anyUnitDead++;
    if (anySilent) this.someLayerSilent++;
    if (silent) this.lastLayerSilent++;
  }
}
