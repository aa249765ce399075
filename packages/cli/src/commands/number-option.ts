import { InvalidArgumentError } from 'commander';

/** Reads an option's number, which has to lie in a range. `open` leaves out its ends. */
export function numberIn(
  lower: number,
  upper: number,
  { open = false, integer = false }: { readonly open?: boolean; readonly integer?: boolean } = {},
): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? NaN : Number(text);
    const within = open ? value > lower && value < upper : value >= lower && value <= upper;
    if (within && Number.isFinite(value) && (!integer || Number.isInteger(value))) return value;
    const kind = integer ? 'a whole number' : 'a number';
    const range = Number.isFinite(upper)
      ? ` ${open ? 'above' : 'from'} ${lower} ${open ? 'and below' : 'to'} ${upper}`
      : ` ${open ? 'above' : 'from'} ${lower}${open ? '' : ' on'}`;
    throw new InvalidArgumentError(`Give ${kind}${range}.`);
  };
}
