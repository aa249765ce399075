import type { Figure } from './figure.js';
import { printable } from './printable.js';

/** Markup that is safe to put into a page as it is. Only `markup` and `trusted` make it. */
export class Markup {
  /** @param figures those inside, in order: they can be taken out as files of their own */
  constructor(
    readonly text: string,
    readonly figures: readonly Figure[] = [],
  ) {}
}

export type MarkupValue = Markup | string | number | undefined | null | false | readonly MarkupValue[];

/** Template tag: every interpolated value is escaped but markup that the tag made; lists are joined, absent values left out. */
export function markup(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(
    parts.reduce((page, part, index) => page + toMarkup(values[index - 1]) + part),
    values.flatMap(figuresOf),
  );
}

/** Marks markup as safe that was not made by `markup`: the renderer's SVG, the page's own style and script. */
export function trusted(markup: string): Markup {
  return new Markup(markup);
}

/** Makes text fit for element content and quoted attributes, in HTML and in SVG. */
export function escapeText(text: string): string {
  return printable(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function toMarkup(value: MarkupValue): string {
  if (value === undefined || value === null || value === false) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(toMarkup).join('');
  return escapeText(String(value));
}

function figuresOf(value: MarkupValue): readonly Figure[] {
  if (value instanceof Markup) return value.figures;
  return typeof value === 'object' && value !== null ? value.flatMap(figuresOf) : [];
}
