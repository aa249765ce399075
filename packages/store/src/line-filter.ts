/** Tells from the bytes of a line whether it is wanted. */
export type LineFilter = (line: Buffer) => boolean;

const SEQ_START = Buffer.from('{"seq":');
const ZERO = 0x30;

/** Wants lines of events that come after event `seq`, and those that do not tell at their beginning. */
export function comesAfter(seq: number): LineFilter {
  return (line) => {
    if (!line.subarray(0, SEQ_START.length).equals(SEQ_START)) return true;
    let number = 0;
    for (let at = SEQ_START.length; line[at]! >= ZERO && line[at]! <= ZERO + 9; at++) {
      number = 10 * number + line[at]! - ZERO;
    }
    return number > seq;
  };
}

/** Wants lines that contain one of `texts`. */
export function mentionsOneOf(texts: readonly string[]): LineFilter {
  const needles = texts.map((text) => Buffer.from(text));
  return (line) => needles.some((needle) => line.includes(needle));
}
