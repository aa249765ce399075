import { availableParallelism } from 'node:os';
import {
  applyOverrides,
  isSimulation,
  plugins as pluginsOf,
  resolveExperiment,
  type Experiment,
} from '@reluctant/core';
import type { Container } from 'inversify';
import type { Job } from '../jobs/job.js';
import { jobId } from './job-id.js';
import type { LoadedStudy } from './load-study.js';
import type { Study, StudyArm } from './study-schema.js';

/** Jobs that are alike but for the seed, by their ids. */
export interface PlannedArm {
  readonly label: string;
  readonly jobs: readonly string[];
}

/** What has to be run for a study, and which question asks for it. */
export interface StudyPlan {
  /** Each once, whoever asks for it. Simulations, which take all cores, come first. */
  readonly jobs: readonly Job[];
  readonly networks: readonly PlannedArm[];
  readonly skips: readonly { readonly label: string; readonly with: PlannedArm; readonly without: PlannedArm }[];
  readonly initializers: readonly { readonly label: string; readonly arms: readonly PlannedArm[] }[];
  readonly factors: readonly { readonly label: string; readonly arms: readonly PlannedArm[] }[];
  readonly rates?: string;
  readonly death?: string;
}

type Settings = StudyArm['set'];

/** Throws `CONFIG_INVALID` or `PLUGIN_UNKNOWN` where an experiment is not one; nothing is run then. */
export function planStudy({ study, file }: LoadedStudy, container: Container): StudyPlan {
  const jobs = new Map<string, Job>();
  const plugins = pluginsOf(container);

  const add = (label: string, document: Record<string, unknown>): string => {
    const experiment = resolveExperiment({ ...document, name: label }, plugins, `${file}, ${label}`);
    const id = jobId(experiment);
    if (!jobs.has(id)) jobs.set(id, { id, label, experiment, threads: threadsOf(experiment) });
    return id;
  };
  const plan = ({ label, set, seeds = study.seeds }: StudyArm, variant?: string, settings: Settings = {}) => ({
    label: variant ?? label,
    jobs: seeds.map((seed) => {
      const name = [label, variant, `seed ${seed}`].filter((part) => part !== undefined).join(', ');
      return add(name, { ...experimentWith(study, set, settings), seed });
    }),
  });
  const simulation = (question: 'rates' | 'death') => {
    const options = study[question];
    return options && add(`single unit: ${question}`, { seed: study.seeds[0], simulation: options });
  };

  return {
    rates: simulation('rates'),
    death: simulation('death'),
    networks: study.networks.map((arm) => plan(arm)),
    skips: study.skips.map((pair) => ({
      label: pair.label,
      with: plan(pair, 'with skips'),
      without: plan(pair, 'without skips', pair.without),
    })),
    initializers: study.initializers.map((arm) => ({
      label: arm.label,
      arms: arm.of.map((initializer) => plan(arm, valueName(initializer), { initializer })),
    })),
    factors: study.factors.map((arm) => ({
      label: arm.label,
      arms: arm.values.map((value) => plan(arm, valueName(value), { [arm.path]: value })),
    })),
    jobs: [...jobs.values()],
  };
}

function experimentWith({ experiment }: Study, ...settings: readonly Settings[]): Record<string, unknown> {
  const overrides = settings.flatMap((set) =>
    Object.entries(set).map(([path, value]) => `${path}=${JSON.stringify(value)}`),
  );
  return applyOverrides(experiment, overrides);
}

/** `he-normal`, `gaussian, sigma 0.05`, `64`. */
function valueName(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return typeof value === 'string' ? value : JSON.stringify(value);
  }
  const { kind, ...options } = value as Record<string, unknown>;
  const told = Object.entries(options).map(([name, option]) => `${name} ${JSON.stringify(option)}`);
  return [...(typeof kind === 'string' ? [kind] : []), ...told].join(', ');
}

/** As many as its engine is told to take; otherwise it takes all that there are. */
function threadsOf(experiment: Experiment): number {
  const threads = isSimulation(experiment) ? undefined : experiment.engine['threads'];
  return typeof threads === 'number' ? threads : availableParallelism();
}
