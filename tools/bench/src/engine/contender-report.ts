import type { Instant } from '../clock.js';
import { medianRatio, summarize, summarizeRatios } from '../stats.js';
import { contenderName, type Contender } from './contender.js';
import type { ContenderReport } from './engine-report.js';

/** @param durations of every contender by its name, round by round */
export function contenderReport(
  contender: Contender,
  all: readonly Contender[],
  durations: ReadonlyMap<string, readonly Instant[]>,
): ContenderReport {
  const { side, watching, layout, start } = contender;
  const wallOf = (one: Contender) => durations.get(contenderName(one))!.map(({ wall }) => wall);
  const samples = wallOf(contender);
  const wall = summarize(samples);
  const unwatched = all.find((one) => one.side === side && one.layout === layout && one.watching === 'nothing');
  const report = {
    side,
    watching,
    layout,
    wall,
    cpu: summarize(durations.get(contenderName(contender))!.map(({ cpu }) => cpu)),
    start,
    peakMemoryMiB: contender.peakMemoryMiB?.(),
    ...(unwatched && unwatched !== contender && { overNothing: medianRatio(samples, wallOf(unwatched)) }),
    samples,
  };
  if (side === 'ours') return report;
  const ours = wallOf(all.find((other) => other.side === 'ours' && other.watching === watching)!);
  const { median, minimum } = summarize(ours);
  const ratios = {
    rounds: summarizeRatios(ours, samples),
    ofMedians: median / wall.median,
    ofMinima: minimum / wall.minimum,
  };
  return { ...report, ours: ratios };
}
