import { ReluctantError } from '@reluctant/core';
import { readFileSync } from 'node:fs';

const FILE = new URL('../../generated/report/script.js', import.meta.url);
let script: string | undefined;

/** The script that a page carries in itself, as it was built from `report-script/`. Throws `INTERNAL` where it was not. */
export function reportScript(): string {
  script ??= readScript();
  return script;
}

function readScript(): string {
  try {
    const text = readFileSync(FILE, 'utf8').trim();
    if (/<\/script|<!--/i.test(text)) throw new Error('it would end the element that it stands in');
    return text;
  } catch (error) {
    throw ReluctantError.from(error, 'INTERNAL', 'The script of reports was not built: run `npm run build`');
  }
}
