import { readFile } from 'node:fs/promises';
import type { Batch, Network, SelectedEngine, Session, Tap } from '@reluctant/core';
import type { FiredBatch } from '../row-answers.js';
import { architectureBuilder, TASK } from '../step/architecture-builder.js';
import { findEngines } from '../step/open-subjects.js';
import { openWatched } from '../step/open-watched.js';
import { sessionSteps, type TimedSteps } from '../step/session-steps.js';
import type { OurOpening } from './our-request.js';

/** A network of ours in training. */
export class OurSubject {
  readonly steps: TimedSteps;

  private constructor(
    private readonly opening: OurOpening,
    private readonly engine: SelectedEngine,
    private readonly network: Network,
    private readonly session: Session,
    batches: readonly Batch[],
  ) {
    this.steps = sessionSteps(session, batches);
  }

  static async open(opening: OurOpening): Promise<OurSubject> {
    const { threads, spinning, imagesFile, labelsFile, batch, taps } = opening;
    const [engine] = await findEngines(['onnx'], { threads, spinning });
    const labels = new Int32Array(await bytesOf(labelsFile));
    const images = imageBatches(await bytesOf(imagesFile), batch);
    const batches = images.map((x, index) => ({
      size: batch,
      x,
      y: labels.subarray(index * batch, (index + 1) * batch),
    }));
    const { network, session } = await openWatched(builderOf(opening), engine, () => taps, opening.seed);
    return new OurSubject(opening, engine, network, session, batches);
  }

  /**
   * What fires in evaluation mode on the images of a file, with the weights of now. A session of its own does that: the one that is timed then
   * holds nothing that training does not take.
   */
  async evaluate(imagesFile: string): Promise<readonly FiredBatch[]> {
    const taps = this.network.sites.map(({ name }): Tap => ({
      site: name,
      at: 'activation',
      statistics: ['fired'],
      on: 'probe-split',
    }));
    const { network, session } = await openWatched(builderOf(this.opening), this.engine, () => taps);
    try {
      await session.writeState(await this.session.readState());
      const { batch: size } = this.opening;
      const fired: FiredBatch[] = [];
      for (const x of imageBatches(await bytesOf(imagesFile), size)) {
        const result = await session.evaluate({ size, x, y: new Int32Array(size) });
        fired.push(Object.fromEntries(result.taps.map(({ site, values }) => [site, Array.from(values.fired!)])));
      }
      return fired;
    } finally {
      await session.close();
      network.model.dispose();
    }
  }

  async close(): Promise<void> {
    await this.session.close();
    this.network.model.dispose();
  }
}

function builderOf({ architecture, width }: OurOpening) {
  return architectureBuilder(architecture, width);
}

async function bytesOf(file: string): Promise<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = await readFile(file);
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}

/** Views of the batches that a file holds back to back. */
function imageBatches(bytes: ArrayBuffer, size: number): readonly Float32Array[] {
  const images = new Float32Array(bytes);
  const length = size * TASK.inputShape.reduce((product, extent) => product * extent, 1);
  return Array.from({ length: images.length / length }, (_, index) =>
    images.subarray(index * length, (index + 1) * length),
  );
}
