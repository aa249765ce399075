import type { z } from 'zod';
import type { Plugins } from '../plugin/plugins.js';
import type { Experiment } from './experiment.js';
import { schemaFor } from './experiment-schema.js';
import { validateDocument } from './validate-document.js';

/**
 * Checks a document against the schemas of all loaded plugins and fills in every default.
 * @param source name of the file, for messages
 * @throws `CONFIG_INVALID` with all issues together; `PLUGIN_UNKNOWN` where every issue is a kind that is not known
 */
export function resolveExperiment(document: Record<string, unknown>, plugins: Plugins, source: string): Experiment {
  return validateDocument(schemaFor(document, plugins) as z.ZodType<Experiment>, document, source);
}
