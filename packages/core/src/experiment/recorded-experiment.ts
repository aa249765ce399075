import type { Experiment } from '../config/experiment.js';
import { resolveExperiment } from '../config/resolve-experiment.js';
import type { LoadedDataset } from '../dataset/dataset.js';
import { ReluctantError } from '../errors.js';
import type { Plugins } from '../plugin/plugins.js';
import type { RunManifest } from '../store/run-manifest.js';

/**
 * The experiment that a run was started with, on the engine that it then got. Modules that a record names are not loaded because it
 * names them: a record may come from anywhere.
 * @throws `PLUGIN_UNKNOWN`, `CONFIG_INVALID`
 */
export function recordedExperiment({ id, config, engine }: RunManifest, plugins: Plugins): Experiment {
  try {
    return resolveExperiment(withRecordedEngine(config, engine?.kind), plugins, `Run ${id}`);
  } catch (error) {
    const modules: unknown = config.plugins;
    const lacksPlugins = ReluctantError.is(error) && error.code === 'PLUGIN_UNKNOWN' && Array.isArray(modules);
    if (!lacksPlugins || modules.length === 0) throw error;
    const message = `${error.message}\nIts experiment file named the plugins ${modules.join(', ')}: give each with --plugin.`;
    throw new ReluctantError('PLUGIN_UNKNOWN', message, { issues: error.issues, cause: error });
  }
}

/** What `auto` chose then is kept, since another engine would round differently. Validation fills in its options, the defaults. */
function withRecordedEngine(config: RunManifest['config'], kind: string | undefined): RunManifest['config'] {
  const { engine } = config as { readonly engine?: { readonly kind?: unknown } };
  return engine?.kind === 'auto' && kind ? { ...config, engine: kind } : config;
}

/** @throws `CONFIG_INVALID` where the data is not what the run was started with */
export function requireRecordedData({ digest }: LoadedDataset, { id, dataset }: RunManifest): void {
  if (digest === dataset?.digest) return;
  throw new ReluctantError('CONFIG_INVALID', `The data is not what run ${id} was started with (its digest differs).`);
}
