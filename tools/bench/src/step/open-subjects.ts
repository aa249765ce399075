import { createContainer, plugins, selectEngine, type SelectedEngine } from '@reluctant/core';
import { engineOnnxModule } from '@reluctant/engine-onnx';
import { engineTensorflowModule } from '@reluctant/engine-tensorflow';
import { probesModule } from '@reluctant/probes';
import type { ArchitectureBuilder } from './architecture-builder.js';
import { drawBatches } from './draw-batches.js';
import { openWatched } from './open-watched.js';
import { StepSubject } from './step-subject.js';
import { watches, type Watch } from './watching.js';

/** A subject, and what it is that it times. */
export interface OpenSubject {
  readonly subject: StepSubject;
  readonly engine: SelectedEngine;
  readonly watching: string;
}

/**
 * @param wishes options for those engines that have them
 * @throws ReluctantError `PLUGIN_UNKNOWN` or `ENGINE_UNAVAILABLE` for an engine that is not there
 */
export async function findEngines(
  kinds: readonly string[],
  wishes: Readonly<Record<string, unknown>>,
): Promise<readonly SelectedEngine[]> {
  const registry = plugins(await createContainer([engineOnnxModule, engineTensorflowModule])).engine;
  return Promise.all(
    kinds.map((kind) => {
      const schema = registry.get(kind).options;
      const known = Object.entries(wishes).filter(([name]) => name in schema.shape);
      return selectEngine({ kind, ...(schema.parse(Object.fromEntries(known)) as object) }, registry);
    }),
  );
}

/** @throws ReluctantError `PLUGIN_UNKNOWN` for a probe that is not there */
export async function findWatches(wishes: readonly string[]): Promise<readonly Watch[]> {
  return watches(wishes, plugins(await createContainer([probesModule])).probe);
}

/** For every engine a network that is not watched, and one for each way of watching: equal otherwise. */
export async function openSubjects(
  build: ArchitectureBuilder,
  { engines, watched }: { readonly engines: readonly SelectedEngine[]; readonly watched: readonly Watch[] },
  { batch, stepsPerRound }: { readonly batch: number; readonly stepsPerRound: number },
): Promise<readonly OpenSubject[]> {
  const batches = drawBatches(batch);
  const opened: OpenSubject[] = [];
  try {
    for (const engine of engines) {
      for (const watch of watched) {
        const { network, session } = await openWatched(build, engine, watch.taps);
        const name = `${engine.engine.kind}, ${watch.name}`;
        const subject = new StepSubject(name, network, session, batches, stepsPerRound);
        opened.push({ subject, engine, watching: watch.name });
      }
    }
    return opened;
  } catch (error) {
    await closeSubjects(opened);
    throw error;
  }
}

export async function closeSubjects(subjects: readonly OpenSubject[]): Promise<void> {
  for (const { subject } of subjects) await subject.close();
}
