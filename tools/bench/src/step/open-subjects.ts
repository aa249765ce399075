import {
  createContainer,
  createInitializerFactory,
  plugins,
  selectEngine,
  type Batch,
  type SelectedEngine,
} from '@reluctant/core';
import { engineOnnxModule } from '@reluctant/engine-onnx';
import { engineTensorflowModule } from '@reluctant/engine-tensorflow';
import type { ArchitectureBuilder } from './architecture-builder.js';
import { drawBatches } from './draw-batches.js';
import { StepSubject } from './step-subject.js';
import { trainingPlan } from './training-plan.js';
import { tapsOf, WATCHING, type Watching } from './watching.js';

/** A subject, and what it is that it times. */
export interface OpenSubject {
  readonly subject: StepSubject;
  readonly engine: SelectedEngine;
  readonly watching: Watching;
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

/** For every engine a network that is not watched, one that is as usual, and one watched by all probes: equal otherwise. */
export async function openSubjects(
  build: ArchitectureBuilder,
  engines: readonly SelectedEngine[],
  batchSize: number,
): Promise<readonly OpenSubject[]> {
  const batches = drawBatches(batchSize);
  const opened: OpenSubject[] = [];
  try {
    for (const engine of engines) {
      for (const watching of WATCHING) {
        opened.push({ subject: await openSubject(build, engine, watching, batches), engine, watching });
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

async function openSubject(
  build: ArchitectureBuilder,
  { engine, options }: SelectedEngine,
  watching: Watching,
  batches: readonly Batch[],
): Promise<StepSubject> {
  await engine.prepare(options);
  const network = build(createInitializerFactory({ kind: 'he-normal', bias: 0 }, 1));
  try {
    const session = await engine.open(network, trainingPlan(tapsOf(watching, network.sites)), options);
    return new StepSubject(`${engine.kind}, ${watching}`, network, session, batches);
  } catch (error) {
    network.model.dispose();
    throw error;
  }
}
