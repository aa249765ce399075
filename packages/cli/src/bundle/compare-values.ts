/** Where numbers of two records differ. */
export interface FieldDifference {
  /** Kind of event and place in it; places in arrays are one field: `tap.sampled sample.values.fired`. */
  readonly field: string;
  /** Values that differ, and values that were compared. */
  count: number;
  of: number;
  /** The two values that differ most, in the order of the records; of what are no numbers, any. */
  largest?: readonly [unknown, unknown];
}

/** Compares values leaf by leaf: numbers by their bits but for NaN's, everything else by what it is. */
export class ValueComparison {
  readonly fields = new Map<string, FieldDifference>();

  /** @param ignored names of properties that are of no account */
  constructor(private readonly ignored: ReadonlySet<string>) {}

  compare(field: string, one: unknown, other: unknown): void {
    if (isList(one) && isList(other)) {
      for (let i = 0; i < Math.max(one.length, other.length); i++) this.compare(field, one[i], other[i]);
    } else if (isRecord(one) && isRecord(other)) {
      for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
        if (!this.ignored.has(name)) this.compare(`${field}.${name}`, one[name], other[name]);
      }
    } else {
      this.tell(field, one, other);
    }
  }

  private tell(name: string, one: unknown, other: unknown): void {
    const field = this.fields.get(name) ?? { field: name, count: 0, of: 0 };
    this.fields.set(name, field);
    field.of++;
    if (Object.is(one, other)) return;
    field.count++;
    if (!field.largest || distance(one, other) > distance(...field.largest)) field.largest = [one, other];
  }
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || value instanceof Float64Array;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** Infinite where they can't be subtracted. */
function distance(one: unknown, other: unknown): number {
  const difference = typeof one === 'number' && typeof other === 'number' ? Math.abs(one - other) : NaN;
  return Number.isNaN(difference) ? Infinity : difference;
}
