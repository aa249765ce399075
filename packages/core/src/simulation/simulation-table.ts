/** A number, a text, or an estimate with its two-sided interval. */
export type SimulationCell =
  number | string | { readonly value: number; readonly lower: number; readonly upper: number };

/** Results that are no curve over one axis. */
export interface SimulationTable {
  /** Unique among the tables of a run. */
  readonly title: string;
  readonly columns: readonly {
    readonly label: string;
    /** Unit of the numbers, where they have one. */
    readonly unit?: string;
    /** What the cells are, which decides how people see them. */
    readonly kind: 'text' | 'number' | 'count' | 'probability';
  }[];
  /** A cell for each column. */
  readonly rows: readonly (readonly SimulationCell[])[];
  /** What a reader has to know of the numbers: what an interval is, what was assumed. */
  readonly notes: readonly string[];
}
