import { Container, type ContainerModule } from 'inversify';
import { Dataset } from '../dataset/dataset.js';
import { Engine } from '../engine/engine.js';
import { ReluctantError } from '../errors.js';
import { Architecture } from '../graph/architecture.js';
import { Intervention } from '../intervention/intervention.js';
import { Probe } from '../probe/probe.js';
import { Simulation } from '../simulation/simulation.js';
import { pluginRegistry, type PluginRegistry } from './plugin-registry.js';

/** Everything that an experiment file can ask for by kind. */
export interface Plugins {
  readonly dataset: PluginRegistry<Dataset>;
  readonly architecture: PluginRegistry<Architecture>;
  readonly probe: PluginRegistry<Probe>;
  readonly intervention: PluginRegistry<Intervention>;
  readonly engine: PluginRegistry<Engine>;
  readonly simulation: PluginRegistry<Simulation>;
}

/** Reads what a container's modules have bound. Throws `PLUGIN_INVALID` for a plugin that is incomplete, or whose kind is taken. */
export function plugins(container: Container): Plugins {
  return {
    dataset: pluginRegistry(container, 'dataset', Dataset),
    architecture: pluginRegistry(container, 'architecture', Architecture),
    probe: pluginRegistry(container, 'probe', Probe),
    intervention: pluginRegistry(container, 'intervention', Intervention),
    engine: pluginRegistry(container, 'engine', Engine, ['auto']),
    simulation: pluginRegistry(container, 'simulation', Simulation),
  };
}

/** A container with the given modules loaded, in order. */
export async function createContainer(modules: readonly ContainerModule[]): Promise<Container> {
  const container = new Container();
  await container.loadAsync(...modules);
  return container;
}

/** What third parties' modules each container has: one that is named twice is loaded once. */
const loadedModules = new WeakMap<Container, Set<ContainerModule>>();

/**
 * Loads third-party plugin modules into a container. A module default-exports an inversify `ContainerModule`; one that was
 * loaded before (named by the command line and by the file) is not loaded again.
 * @param importModule resolves and imports a specifier (the caller knows relative to what)
 * @throws `PLUGIN_INVALID` naming the specifier where it can't be imported or doesn't export a module
 */
export async function loadPlugins(
  container: Container,
  specifiers: readonly string[],
  importModule: (specifier: string) => Promise<unknown>,
): Promise<void> {
  const loaded = loadedModules.get(container) ?? new Set();
  loadedModules.set(container, loaded);
  for (const specifier of specifiers) {
    try {
      const imported = (await importModule(specifier)) as { readonly default?: unknown };
      if (!isContainerModule(imported.default)) {
        throw new Error('its default export is not an inversify ContainerModule');
      }
      if (loaded.has(imported.default)) continue;
      await container.loadAsync(imported.default);
      loaded.add(imported.default);
    } catch (error) {
      throw ReluctantError.from(error, 'PLUGIN_INVALID', `Plugin "${specifier}" can't be loaded`);
    }
  }
}

/** By shape: a plugin may bring its own copy of inversify. */
function isContainerModule(value: unknown): value is ContainerModule {
  return (
    typeof value === 'object' && value !== null && 'id' in value && 'load' in value && typeof value.load === 'function'
  );
}
