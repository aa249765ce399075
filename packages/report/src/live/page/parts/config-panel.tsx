import { printable } from '../../../html/printable.js';
import { Panel } from './panel.js';

/** The experiment as it was run. */
export function ConfigPanel({ config }: { readonly config: Readonly<Record<string, unknown>> }) {
  return (
    <Panel title="Experiment">
      <pre class="config" tabIndex={0} role="region" aria-label="Experiment as JSON">
        <code>{printable(JSON.stringify(config, null, 2))}</code>
      </pre>
    </Panel>
  );
}
