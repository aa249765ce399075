import {
  prefetch,
  withRecordedNetwork,
  type Checkpoint,
  type NamedArray,
  type RecordedNetworkOptions,
  type RunSummary,
} from '@reluctant/core';
import type { Picture } from '@reluctant/report';
import type { Container } from 'inversify';
import { firstKernel } from './first-filters.js';
import { peakNetwork } from './peak-network.js';
import { imagePicture } from './picture.js';
import { StrongestImages } from './strongest-images.js';

/** Images that are shown of a unit. */
const SHOWN = 9;

/** What is known of all units of a site at one checkpoint. */
export interface InspectedSite {
  /** The kernel that looks at the image itself, [height, width, channels, units]. */
  readonly kernel?: NamedArray;
  readonly strongest: StrongestImages;
  /** By the image's index; of those that a unit keeps. */
  readonly pictures: ReadonlyMap<number, Picture>;
  /** Images of the probe split. */
  readonly images: number;
}

/**
 * Runs a recorded network over the probe split, as far as a site, and keeps the images on which its units fire most.
 * @param site name of a ReLU site of the run
 * @throws what `withRecordedNetwork` does, and the signal's reason
 */
export async function inspectSite(
  summary: RunSummary,
  checkpoint: Checkpoint,
  site: string,
  container: Container,
  options: Pick<RecordedNetworkOptions, 'signal'>,
): Promise<InspectedSite> {
  let kernel: string | undefined;
  const transform: RecordedNetworkOptions['transform'] = (network) => {
    kernel = firstKernel(network.graph, site);
    return peakNetwork(network, site);
  };
  // Looking at a page is no order to download a data set.
  const looking = { ...options, transform, offline: true };
  return withRecordedNetwork(summary, checkpoint, container, looking, async (recorded) => {
    const { experiment, dataset, network, session } = recorded;
    const { units } = network.sites.find(({ name }) => name === site)!;
    const strongest = new StrongestImages(units, SHOWN);
    const pictures = new Map<number, Picture>();
    const order = { batchSize: experiment.measurement.batchSize, seed: experiment.seed, epoch: 0, shuffle: false };
    let image = 0;
    for await (const batch of prefetch(dataset.probe.batches(order))) {
      options.signal?.throwIfAborted();
      // Labels are no units: the loss is computed with others, and not looked at.
      const { logits } = await session.evaluate(
        { ...batch, y: new Int32Array(batch.size) },
        { taps: false, logits: true },
      );
      const pixels = batch.x.length / batch.size;
      for (let index = 0; index < batch.size; index++, image++) {
        const peaks = logits!.subarray(index * units, (index + 1) * units);
        if (!strongest.add(image, batch.y[index], peaks)) continue;
        const picture = imagePicture(batch.x.subarray(index * pixels, (index + 1) * pixels), dataset);
        if (picture) pictures.set(image, picture);
      }
    }
    const kept = strongest.images;
    return {
      ...(kernel !== undefined && { kernel: checkpoint.state[kernel] }),
      strongest,
      pictures: new Map([...pictures].filter(([index]) => kept.has(index))),
      images: dataset.probe.size,
    };
  });
}
