import { deflateSync } from 'node:zlib';
import { trusted, type Markup } from './markup.js';
import { printable } from './printable.js';

/** Data for the page's script: a block that is not run, in which nothing can end it before its end. */
export function jsonBlock(name: string, data: unknown): Markup {
  return block(name, 'application/json', printable(JSON.stringify(data)).replace(/</g, '\\u003c'));
}

/** The same for what is only rarely wanted: compressed (zlib) and in base64. */
export function compressedBlock(name: string, data: unknown): Markup {
  return block(name, 'application/zlib', deflateSync(printable(JSON.stringify(data)), { level: 9 }).toString('base64'));
}

function block(name: string, type: string, content: string): Markup {
  return trusted(`<script type="${type}" class="${name}">${content}</script>`);
}
