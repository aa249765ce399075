/** Tells from the bytes of a line whether it is wanted. */
export type LineFilter = (line: Buffer) => boolean;

/** Wants lines that contain one of `texts`. */
export function mentionsOneOf(texts: readonly string[]): LineFilter {
  const needles = texts.map((text) => Buffer.from(text));
  return (line) => needles.some((needle) => line.includes(needle));
}
