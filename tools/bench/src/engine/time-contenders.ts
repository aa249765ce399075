import { cpus } from 'node:os';
import { readLoad } from '../foreign-load.js';
import { interleave } from '../interleave.js';
import type { OnProgress } from '../on-progress.js';
import { quietestAttempt } from '../quietest-attempt.js';
import { blocks, type Contender } from './contender.js';
import { contenderReport } from './contender-report.js';
import type { EngineSettings } from './engine-settings.js';

/** Times blocks of steps of all contenders, interleaved, again where other programs disturb. */
export async function timeContenders(
  title: string,
  contenders: readonly Contender[],
  settings: Pick<EngineSettings, 'rounds' | 'warmup' | 'stepsPerRound' | 'pause' | 'attempts' | 'tolerance'>,
  onProgress: OnProgress,
) {
  const { rounds, warmup, stepsPerRound, pause, attempts, tolerance } = settings;
  const subjects = contenders.map((contender) => blocks(contender, stepsPerRound, pause));
  const onRound = (done: number) => onProgress(`${title}: round ${done} of ${warmup + rounds}`);
  const attempt = await quietestAttempt(() => interleave(subjects, { rounds, warmup, onRound }), {
    tolerance: tolerance * cpus().length,
    maxAttempts: attempts,
    load: () => readLoad(contenders.reduce((sum, { cpu }) => sum + (cpu?.() ?? 0), 0)),
  });
  return {
    attempts: attempt.attempts,
    foreignCores: attempt.foreignCores,
    noisy: attempt.noisy,
    contenders: contenders.map((one) => contenderReport(one, contenders, attempt.result)),
  };
}
