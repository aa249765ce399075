import { trusted, type Markup } from './markup.js';
import { printable } from './printable.js';

/** Data for the page's script: a block that is not run, in which nothing can end it before its end. */
export function jsonBlock(name: string, data: unknown): Markup {
  const json = printable(JSON.stringify(data)).replace(/</g, '\\u003c');
  return trusted(`<script type="application/json" class="${name}">${json}</script>`);
}
