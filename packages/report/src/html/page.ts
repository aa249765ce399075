import { createHash } from 'node:crypto';
import { markup, trusted, type Markup } from './markup.js';
import { STYLE } from './style.js';

/**
 * A whole page that fetches nothing and runs nothing: its security policy forbids everything but its own style sheet,
 * known by its hash.
 */
export function page(title: string, body: Markup): string {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${trusted(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <style>${trusted(STYLE)}</style>
      </head>
      <body>
        ${body}
      </body>
    </html>
`.text;
}
