/** What is known beforehand of one estimated quantity: that its probability, or mean share, lies in [lower, upper]. */
export interface Expectation {
  /** `deadUnits`: the share of a layer's units that are dead, on average over networks. */
  readonly of: 'someLayerSilent' | 'lastLayerSilent' | 'deadUnits';
  /** Hidden layer of `deadUnits`, from 1. */
  readonly layer?: number;
  readonly kind: 'exact' | 'bounds' | 'published';
  readonly lower: number;
  readonly upper: number;
  /** Networks behind a published share; it is as uncertain as they are few. */
  readonly draws?: number;
  readonly source: string;
}
