/**
 * One curve that was computed: no band, no trials. It belongs beside the simulated curve of the same name and group, and is
 * compared with it at the places of the axis that both have.
 */
export interface TheorySeries {
  /** As in `SimulationSeries`. */
  readonly name: string;
  readonly group: string;
  /**
   * What computed it, for people: `C2, Gaussian cubature`. Unique within a run together with `name` and `group`. Of several for
   * one name and group the coarsest is published first and the finest last.
   */
  readonly theory: string;
  readonly axis: { readonly label: string; readonly values: readonly number[] };
  /** One value for each place on the axis. */
  readonly values: readonly number[];
}
