import { ReluctantError, RunStore, type JsonValue, type RunManifest, type RunReader } from '@reluctant/core';
import { readTrainedRun, type Arm, type StudyResults, type TrainedRun } from '@reluctant/report';
import type { Container } from 'inversify';
import { simulationResult } from '../../commands/perform-run.js';
import type { StudyFolder } from '../study-folder.js';
import type { LoadedStudy } from '../study/load-study.js';
import type { PlannedArm, StudyPlan } from '../study/plan-study.js';
import { Activity } from './activity.js';
import { describeData, requireSameData } from './same-data.js';

/** What a study has been told to do, beside its plan. */
export interface StudyInvocation {
  readonly command: string;
  readonly cores: number;
}

/**
 * Gathers what the ended jobs of a study have recorded. It depends on the records alone.
 * @throws `CONFIG_INVALID` where networks were trained on different data; `RUN_CORRUPT`
 */
export async function collectResults(
  { study }: LoadedStudy,
  plan: StudyPlan,
  folder: StudyFolder,
  container: Container,
  { command, cores }: StudyInvocation,
): Promise<StudyResults> {
  const store = container.get(RunStore);
  const trained = new Map<string, TrainedRun>();
  const simulated = new Map<string, JsonValue>();
  const manifests: RunManifest[] = [];
  const activity = new Activity();
  for (const { id } of plan.jobs) {
    const ended = await folder.job(id).ended();
    if (!ended) continue;
    const reader = await store.open(ended.run.path);
    manifests.push(ended.run.manifest);
    await activity.add(reader);
    if (id === plan.rates || id === plan.death) simulated.set(id, await resultOf(reader));
    else trained.set(id, await readTrainedRun(reader, id));
  }
  requireSameData(manifests);

  const armOf = ({ label, jobs }: PlannedArm): Arm => ({ label, runs: jobs.flatMap((id) => trained.get(id) ?? []) });
  const armsOf = (varied: { readonly label: string; readonly arms: readonly PlannedArm[] }) => ({
    label: varied.label,
    arms: varied.arms.map(armOf),
  });
  const threads = plan.jobs.find(({ id }) => trained.has(id))?.threads ?? cores;
  return {
    name: study.name,
    description: study.description,
    convergence: study.convergence,
    networks: plan.networks.map(armOf),
    skips: plan.skips.map((pair) => ({ label: pair.label, with: armOf(pair.with), without: armOf(pair.without) })),
    initializers: plan.initializers.map(armsOf),
    factors: plan.factors.map(armsOf),
    rates: (plan.rates && simulated.get(plan.rates)) ?? null,
    death: (plan.death && simulated.get(plan.death)) ?? null,
    provenance: {
      command,
      seeds: [...new Set(manifests.map(({ seed }) => seed))].sort((a, b) => a - b),
      jobs: manifests.length,
      seconds: activity.seconds,
      parallel: Math.max(1, Math.floor(cores / threads)),
      threads,
      ...describe(manifests),
    },
  };
}

async function resultOf(reader: RunReader): Promise<JsonValue> {
  const result = await simulationResult(reader);
  if (result !== undefined) return result;
  throw new ReluctantError('RUN_CORRUPT', `${reader.summary.path} holds no result of its simulation.`);
}

function describe(manifests: readonly RunManifest[]) {
  const distinct = (texts: readonly string[]) => [...new Set(texts)].sort();
  return {
    machines: distinct(manifests.map(({ machine: { cpu, cores, platform } }) => `${cpu}, ${cores} cores, ${platform}`)),
    engines: distinct(
      manifests.flatMap(({ engine }) =>
        engine ? [[engine.kind, engine.version, engine.device].filter(Boolean).join(', ')] : [],
      ),
    ),
    versions: distinct(
      manifests.map(({ versions }) =>
        Object.entries(versions)
          .map(([name, version]) => `${name} ${version}`)
          .join(', '),
      ),
    ),
    data: describeData(manifests),
  };
}
