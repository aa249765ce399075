/** One curve with its confidence band, over many seeded trials. All arrays have one length. */
export interface SimulationSeries {
  /** e.g. `Pr[y>0]`, `error`, `w[0]`. Unique within a run together with `group`. Curves of one name share a chart. */
  readonly name: string;
  /** Curves that belong together, e.g. an initialisation: one chart colour. Empty for a single group. */
  readonly group: string;
  readonly axis: { readonly label: string; readonly values: readonly number[] };
  readonly mean: readonly number[];
  /** Two-sided confidence band of the mean, or the quantile band that `band` tells. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** What the band is, for people: `99 % confidence of the mean`. */
  readonly band: string;
  readonly trials: number;
  /** What trials are where they are something else, singular: `image`. */
  readonly trialName?: string;
  /** Standard error of every mean, in which theory's distance is told; 0 where all trials agree. */
  readonly standardError?: readonly number[];
}
