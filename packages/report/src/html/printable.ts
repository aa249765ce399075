const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Line feed, and what joins or parts the characters of a script or an emoji. */
const KEPT = new Set(['\n', '\u200c', '\u200d']);

/** Control characters, bidirectional overrides and lone surrogates become spaces: they can make text look like another. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => (KEPT.has(character) ? character : ' '));
}
