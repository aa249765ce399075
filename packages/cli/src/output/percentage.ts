/** A share as a percentage of fixed digits: `12.5 %`. */
export function share(value: number, digits = 1): string {
  return `${(100 * value).toFixed(digits)} %`;
}

/** A share as a percentage of as many digits as it has, up to three: `95 %`, `99.9 %`. */
export function percentage(value: number): string {
  return `${Number((100 * value).toFixed(3))} %`;
}
