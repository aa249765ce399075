import { cpus } from 'node:os';
import type { SelectedEngine } from '@reluctant/core';
import type { Instant } from '../clock.js';
import { interleave } from '../interleave.js';
import { describeMachine } from '../machine.js';
import type { OnProgress } from '../on-progress.js';
import { quietestAttempt } from '../quietest-attempt.js';
import { medianRatio, summarize } from '../stats.js';
import { architectureBuilder, type ArchitectureBuilder } from './architecture-builder.js';
import { networkSize } from './network-size.js';
import { closeSubjects, findEngines, findWatches, openSubjects, type OpenSubject } from './open-subjects.js';
import type { NetworkReport, StepReport, SubjectReport } from './step-report.js';
import type { StepSettings } from './step-settings.js';
import type { Watch } from './watching.js';

type Durations = ReadonlyMap<string, readonly Instant[]>;

/**
 * Times training steps with and without taps.
 * @throws ReluctantError `USAGE`, `PLUGIN_UNKNOWN` or `ENGINE_UNAVAILABLE`, before anything is measured
 */
export async function runStepBench(settings: StepSettings, onProgress: OnProgress): Promise<StepReport> {
  const { threads, spinning } = settings;
  const machine = describeMachine();
  const builders = settings.architectures.map((name) => [name, architectureBuilder(name, settings.width)] as const);
  const engines = await findEngines(settings.engines, { threads, spinning });
  const watched = await findWatches(settings.watching);
  const networks: NetworkReport[] = [];
  for (const [name, build] of builders) {
    networks.push(await benchNetwork(name, build, { engines, watched }, settings, onProgress));
  }
  return {
    benchmark: 'step',
    time: new Date().toISOString(),
    machine,
    settings,
    networks,
    peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

async function benchNetwork(
  architecture: string,
  build: ArchitectureBuilder,
  compared: { readonly engines: readonly SelectedEngine[]; readonly watched: readonly Watch[] },
  settings: StepSettings,
  onProgress: OnProgress,
): Promise<NetworkReport> {
  const { rounds, warmup, attempts, tolerance } = settings;
  onProgress(`${architecture}: compiling`);
  const opened = await openSubjects(build, compared, settings);
  try {
    const subjects = opened.map(({ subject }) => subject);
    const onRound = (done: number) => onProgress(`${architecture}: round ${done} of ${warmup + rounds}`);
    const attempt = await quietestAttempt(() => interleave(subjects, { rounds, warmup, onRound }), {
      tolerance: tolerance * cpus().length,
      maxAttempts: attempts,
    });
    return {
      architecture,
      ...networkSize(subjects[0].network),
      attempts: attempt.attempts,
      foreignCores: attempt.foreignCores,
      noisy: attempt.noisy,
      subjects: opened.map((one) => subjectReport(one, opened, attempt.result)),
    };
  } finally {
    await closeSubjects(opened);
  }
}

function subjectReport(
  { subject, engine, watching }: OpenSubject,
  all: readonly OpenSubject[],
  durations: Durations,
): SubjectReport {
  const unwatched = all.find((other) => other.engine === engine && other.watching === 'nothing')!;
  const wallOf = ({ name }: { readonly name: string }) => durations.get(name)!.map(({ wall }) => wall);
  const samples = wallOf(subject);
  return {
    engine: engine.engine.kind,
    version: engine.status.version,
    device: engine.status.device,
    watching,
    wall: summarize(samples),
    cpu: summarize(durations.get(subject.name)!.map(({ cpu }) => cpu)),
    ratio: medianRatio(samples, wallOf(unwatched.subject)),
    samples,
  };
}
