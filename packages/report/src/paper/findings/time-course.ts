import type { TimeCourse } from '../findings.js';
import type { Arm, TrainedRun } from '../study-results.js';
import { completedRuns, deadShare, meanWithoutSkip } from './final-sites.js';
import { DIFFERENCES, DURATIONS, overSeeds, overSeedsOrNull, SHARES } from './over-seeds.js';

/** When in training Pr[y>0] of a network falls. Nothing without a completed run. */
export function timeCourse(arm: Arm): TimeCourse | undefined {
  const runs = completedRuns(arm);
  const [first] = runs;
  if (!first) return undefined;
  const courses = runs.map((run) =>
    run.course.map((point) => ({ epoch: point.epoch, value: meanWithoutSkip(run, point) })),
  );
  const common = first.course.flatMap(({ epoch }) => (runs.every((run) => pointAt(run, epoch)) ? [epoch] : []));
  const falls = courses.map((course) => course[0]!.value - course.at(-1)!.value);
  return {
    network: arm.label,
    points: common.map((epoch) => ({
      epoch,
      activation: overSeeds(
        runs.map((run) => meanWithoutSkip(run, pointAt(run, epoch)!)),
        SHARES,
      ),
      dead: overSeeds(
        runs.map((run) => deadShareAt(run, epoch)),
        SHARES,
      ),
    })),
    fall: overSeeds(falls, DIFFERENCES),
    half: overSeedsOrNull(
      courses.flatMap((course) => epochOfFall(course, 0.5) ?? []),
      DURATIONS,
    ),
    most: overSeedsOrNull(
      courses.flatMap((course) => epochOfFall(course, 0.9) ?? []),
      DURATIONS,
    ),
  };
}

const pointAt = ({ course }: TrainedRun, epoch: number) => course.find((point) => point.epoch === epoch);

function deadShareAt(run: TrainedRun, epoch: number): number {
  const { neverFired } = pointAt(run, epoch)!;
  return deadShare(run.sites.map((site, index) => ({ site, neverFired: neverFired[index]! })));
}

/** The epoch at which a share of the fall from the first to the last value is first over; undefined where it does not fall. */
function epochOfFall(
  course: readonly { readonly epoch: number; readonly value: number }[],
  share: number,
): number | undefined {
  const start = course[0]!.value;
  const fall = start - course.at(-1)!.value;
  if (!(fall > 0)) return undefined;
  const level = start - share * fall;
  const after = course.findIndex(({ value }) => value <= level);
  const [before, there] = [course[after - 1]!, course[after]!];
  return before.epoch + ((before.value - level) / (before.value - there.value)) * (there.epoch - before.epoch);
}
