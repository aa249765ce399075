import type { TrainingExperiment } from '../config/experiment.js';
import { leadingImages } from '../dataset/leading-images.js';
import type { Session } from '../engine/engine.js';
import type { Network, ReluSite } from '../graph/network.js';
import { readParameters } from '../graph/parameters.js';
import type { InitializerSpec } from '../initializer/initializer-spec.js';
import { optimizerSpecSchema } from '../optimizer/optimizer-spec.js';
import type { Plugins } from '../plugin/plugins.js';
import type { Statistic } from '../probe/statistic.js';
import type { Tap, TapSample } from '../probe/tap.js';
import { evaluateSplit } from './evaluate-split.js';
import { prepareNetwork, type PreparationOptions, type PreparedNetwork } from './prepare-network.js';
import { TapWindows } from '../measurement/tap-windows.js';

/** The network of an experiment before any training, to be measured with weights drawn as often as one likes. */
export interface InitialNetwork {
  readonly sites: readonly ReluSite[];
  /** Images of the probe split on which it is measured. */
  readonly images: number;
  readonly engine: { readonly kind: string; readonly device?: string };
  readonly dataset: { readonly source: string; readonly digest: string };
  /**
   * Draws the weights number `draw` and measures each site's activations on the probe split, in evaluation mode. Draw 0 is
   * the network that a run of the experiment starts from; draw d is that of its seed plus d, on the same images. Calls must not
   * overlap.
   * @returns one sample a site, or undefined where `signal` was aborted on the way
   */
  measure(initializer: InitializerSpec, draw: number, signal?: AbortSignal): Promise<readonly TapSample[] | undefined>;
  close(): Promise<void>;
}

/**
 * Loads the data and compiles the network once; every draw after that only replaces its weights.
 * @param options.statistics what is counted at each site
 * @param options.images how many images of the probe split are taken; all where it is left out
 */
export async function openInitialNetwork(
  experiment: TrainingExperiment,
  plugins: Plugins,
  options: PreparationOptions & { readonly statistics: readonly Statistic[]; readonly images?: number },
): Promise<InitialNetwork> {
  const prepared = await prepareNetwork(experiment, plugins, options);
  const network = prepared.build(experiment.initializer, experiment.seed);
  try {
    const taps = network.sites.map(({ name }): Tap => ({
      site: name,
      at: 'activation',
      statistics: options.statistics,
      on: 'probe-split',
    }));
    const session = await open(experiment, prepared, network, taps, options);
    return initialNetwork(experiment, prepared, network, session, taps, options.images);
  } catch (error) {
    network.model.dispose();
    throw error;
  }
}

/** It is never trained: plain SGD has no slots, so that the parameters are the whole state. */
function open(
  { seed }: TrainingExperiment,
  { selected: { engine, options } }: PreparedNetwork,
  network: Network,
  taps: readonly Tap[],
  { onPreparation }: PreparationOptions,
): Promise<Session> {
  const loss = { kind: 'softmax-cross-entropy', labelSmoothing: 0 } as const;
  const plan = { optimizer: optimizerSpecSchema.parse({ kind: 'sgd' }), loss, taps, seed };
  return engine.open(network, plan, options, { onProgress: onPreparation });
}

function initialNetwork(
  { seed, measurement: { batchSize } }: TrainingExperiment,
  { selected, dataset, build }: PreparedNetwork,
  { model, sites }: Network,
  session: Session,
  taps: readonly Tap[],
  images = Infinity,
): InitialNetwork {
  const split = leadingImages(dataset.probe, images);
  return {
    sites,
    images: split.size,
    engine: { kind: selected.engine.kind, device: session.device ?? selected.status.device },
    dataset: { source: dataset.source, digest: dataset.digest },
    async measure(initializer, draw, signal) {
      const drawn = build(initializer, seed + draw);
      try {
        await session.writeState(readParameters(drawn));
      } finally {
        drawn.model.dispose();
      }
      const windows = new TapWindows(taps, 'probe-split', sites);
      const measured = await evaluateSplit(session, split, { batchSize, seed, windows, signal });
      return measured && windows.drain({ step: 0, epoch: 0 });
    },
    async close() {
      try {
        await session.close();
      } finally {
        model.dispose();
      }
    },
  };
}
