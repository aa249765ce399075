import type { Choice } from '../config/experiment.js';
import type { Engine, EngineStatus } from '../engine/engine.js';
import { ReluctantError } from '../errors.js';
import type { PluginRegistry } from '../plugin/plugin-registry.js';

export interface SelectedEngine {
  readonly engine: Engine;
  readonly options: unknown;
  readonly status: EngineStatus;
}

/** From fastest to slowest; engines of third parties come after these, in the order of their names. */
const PREFERENCE = ['onnx', 'tensorflow', 'cpu'];

/**
 * The engine asked for, or with `auto` the fastest that is available.
 * @throws `ENGINE_UNAVAILABLE` with the reasons
 */
export async function selectEngine(choice: Choice, engines: PluginRegistry<Engine>): Promise<SelectedEngine> {
  if (choice.kind !== 'auto') {
    const engine = engines.get(choice.kind);
    const options = withoutKind(choice);
    const status = await engine.status(options);
    if (!status.available) {
      throw new ReluctantError('ENGINE_UNAVAILABLE', `Engine "${choice.kind}" is not available: ${status.reason}`);
    }
    return { engine, options, status };
  }
  const reasons: string[] = [];
  for (const kind of byPreference(engines.kinds)) {
    const engine = engines.get(kind);
    const options = engine.options.parse({});
    const status = await engine.status(options);
    if (status.available) return { engine, options, status };
    reasons.push(`${kind}: ${status.reason}`);
  }
  throw new ReluctantError('ENGINE_UNAVAILABLE', `No engine is available.\n${reasons.join('\n')}`);
}

function byPreference(kinds: readonly string[]): readonly string[] {
  const rank = (kind: string) => (PREFERENCE.includes(kind) ? PREFERENCE.indexOf(kind) : PREFERENCE.length);
  return [...kinds].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** The options that a plugin declared, without the `kind` that chose it. */
export function withoutKind({ kind: _, ...options }: Choice): unknown {
  return options;
}
