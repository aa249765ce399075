import { createHash } from 'node:crypto';
import { markup, trusted, type Markup } from './markup.js';
import { reportScript } from './report-script.js';
import { STYLE } from './style.js';

/**
 * A whole page that fetches nothing: its security policy forbids everything but its own style sheet and script, known by
 * their hashes. It is complete without the script.
 */
export function page(title: string, body: Markup): string {
  const script = reportScript();
  const policy =
    `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(script)}; ` +
    `base-uri 'none'; form-action 'none'`;
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
        <script>${trusted(script)}</script>
      </body>
    </html>
`.text;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
