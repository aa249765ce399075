import { markup } from '../html/markup.js';
import { methods } from '../queries/methods.js';
import type { RunRecord } from '../queries/run-record.js';
import type { Section } from './section.js';

/** Characters of configuration shown. */
const MOST_CONFIG = 20_000;

/** How the run was made, and its whole configuration. */
export function methodsSection(record: RunRecord, run: string): Section {
  const config = JSON.stringify(record.manifest.config, null, 2);
  return {
    id: `${run}.methods`,
    title: 'Methods',
    body: markup`<p>${methods(record).join(' ')}</p>
      <details>
        <summary>Configuration</summary>
        <pre>${config.slice(0, MOST_CONFIG)}${config.length > MOST_CONFIG && '…'}</pre>
      </details>`,
  };
}
