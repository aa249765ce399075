import { learnableDataset } from '../learnable-dataset.js';
import { describeMachine } from '../machine.js';
import type { OnProgress } from '../on-progress.js';
import { architectureBuilder } from '../step/architecture-builder.js';
import { findEngines } from '../step/open-subjects.js';
import { soakNetwork } from './soak-network.js';
import type { NetworkSoak, SoakReport } from './soak-report.js';
import type { SoakSettings } from './soak-settings.js';

/** The usual augmentation of CIFAR-10 (He et al. 2016, section 4.2). */
const AUGMENTATION = { crop: 4, flip: true };

/**
 * Trains networks for many steps, one after the other, as a run does, and measures what must hold over a long run.
 * @param signal ends it after the step under way, with a report of what was measured until then
 * @throws ReluctantError `USAGE`, `ENGINE_UNAVAILABLE` or what the data set's loading throws, before anything is measured;
 * `RUN_DIVERGED`
 */
export async function runSoak(
  settings: SoakSettings,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<SoakReport> {
  const { architectures, width, threads, spinning } = settings;
  const machine = describeMachine();
  const builders = architectures.map((name) => [name, architectureBuilder(name, width)] as const);
  const [engine] = await findEngines(['onnx'], { threads, spinning });
  const { kind, data } = await learnableDataset(AUGMENTATION);
  const networks: NetworkSoak[] = [];
  for (const [architecture, build] of builders) {
    if (signal.aborted) break;
    const subject = { architecture, build, train: data.train };
    const soak = await soakNetwork(subject, engine, settings, { onProgress, signal });
    if (soak) networks.push(soak);
  }
  return {
    benchmark: 'soak',
    time: new Date().toISOString(),
    machine,
    settings,
    engine: { version: engine.status.version, device: engine.status.device },
    images: kind,
    partial: signal.aborted,
    networks,
  };
}
