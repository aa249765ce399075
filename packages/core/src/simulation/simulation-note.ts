/** Something that people must know of a simulation's results, such as an assumption that does not hold. */
export interface SimulationNote {
  /** `warning`: results are to be doubted, or mean less than they seem to. */
  readonly severity: 'information' | 'warning';
  /** Whole sentences, with the numbers. */
  readonly text: string;
}
