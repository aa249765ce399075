/** An axis of a map with the places at which its values were computed, increasing. */
interface MapAxis {
  readonly label: string;
  readonly values: readonly number[];
}

/** A quantity over two others, with what moves across the plane: a phase portrait, a basin of attraction. */
export interface SimulationMap {
  /** Unique among the maps of a run. */
  readonly title: string;
  readonly x: MapAxis;
  readonly y: MapAxis;
  /** The quantity, e.g. `Pr[y>0] after μk = 3000`. Colours are even in its logarithm where `scale` says so. */
  readonly value: { readonly label: string; readonly scale: 'linear' | 'logarithmic' };
  /** One row for each value of `y`, with one number for each of `x`. NaN where there is none. */
  readonly values: readonly (readonly number[])[];
  /** Trajectories run from their first point to their last; boundaries part the plane. */
  readonly lines: readonly {
    readonly kind: 'trajectory' | 'boundary';
    readonly label: string;
    readonly points: readonly (readonly [x: number, y: number])[];
  }[];
  /** Places of note, such as fixed points. */
  readonly points: readonly { readonly label: string; readonly x: number; readonly y: number }[];
  readonly notes: readonly string[];
}
