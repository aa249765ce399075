import { printable } from './printable.js';

/**
 * A run's text made fit to be shown on one line: control characters, bidirectional overrides and lone surrogates become
 * spaces, and what is longer than `most` characters is cut, with an ellipsis.
 */
export function label(text: string, most = 200): string {
  // A megabyte of text is cut before it is looked at character by character; graphemes of more than 20 code units are rare.
  const clean = printable(text.slice(0, most * 20))
    .replace(/\s+/g, ' ')
    .trim();
  // There are no more characters than code units, and telling characters apart takes long.
  if (clean.length <= most) return clean;
  const characters = Array.from(new Intl.Segmenter('en').segment(clean), ({ segment }) => segment);
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : clean;
}

/** The same, cut in the middle: names of sites often differ at their end. */
export function shortName(text: string, most: number): string {
  const characters = Array.from(label(text));
  if (characters.length <= most) return characters.join('');
  const head = Math.ceil((most - 1) / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(head + 1 - most).join('')}`;
}
