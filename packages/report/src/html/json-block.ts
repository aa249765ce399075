import { trusted, type Markup } from './markup.js';

/** Data for the page's script: a block that is not run, in which nothing can end it before its end. */
export function jsonBlock(name: string, data: unknown): Markup {
  return trusted(
    `<script type="application/json" class="${name}">${JSON.stringify(data).replace(/</g, '\\u003c')}</script>`,
  );
}
