import { runInTimeSlices, type SimulationContext } from '@reluctant/core';
import { estimatedTime } from '../simulation/estimated-time.js';
import { OverallProgress } from '../simulation/overall-progress.js';
import { rateRow, typicalTime, type RateRow } from './rate-row.js';
import { BATCHES, type RatesOptions } from './rates-options.js';
import { batchTrials, simulatedTimeConstant, type Estimate } from './simulated-rate.js';
import { modelAt } from './unit-at.js';

/** What theory says of one probability, and what was measured in simulations. */
export type MeasuredRow = RateRow & { readonly simulated?: Estimate };

/** A simulated course is given this much longer than the mean field's: finite steps are slower. */
const PATIENCE = 1.7;
/** About how many nanoseconds the theory of one probability takes, and its flow for one unit of its time. */
const ROW_TIME = 5e7;
const FLOW_TIME = 2e3;

/** A row for each probability, from the smallest on. */
export async function measuredRows(
  options: RatesOptions,
  { seed, signal, publish }: SimulationContext,
): Promise<readonly MeasuredRow[]> {
  const parts = [...options.probabilities].sort((a, b) => a - b).map((probability) => partOf(options, probability));
  const total = parts.reduce((sum, { theoryTime, simulationTime }) => sum + theoryTime + simulationTime, 0);
  const progress = new OverallProgress(publish, total);
  const onProgress = (share: number) => progress.tell(share);
  const rows: MeasuredRow[] = [];
  for (const { probability, flow, theoryTime, simulationTime } of parts) {
    progress.begin('mean field', theoryTime);
    let covered = 0;
    const onValue = (more: number) => progress.tell((covered += more) / flow);
    const row = await runInTimeSlices(rateRow(options, probability), { signal, onValue });
    progress.begin('simulation', simulationTime);
    if (row.steps === undefined || options.trials === 0) {
      rows.push(row);
      continue;
    }
    const steps = Math.ceil(PATIENCE * row.steps);
    const simulated = await simulatedTimeConstant(options, probability, steps, { seed, signal, onProgress });
    rows.push({ ...row, ...(simulated && { simulated }) });
  }
  progress.finish();
  return rows;
}

/** A probability with estimates of what it costs. */
function partOf(options: RatesOptions, probability: number) {
  const flow = typicalTime(probability);
  const steps = Math.ceil((PATIENCE * flow) / options.stepSize);
  const batch = estimatedTime(modelAt(options, probability), batchTrials(options, steps));
  return {
    probability,
    flow,
    theoryTime: ROW_TIME + FLOW_TIME * flow,
    simulationTime: options.trials > 0 ? BATCHES * batch : 0,
  };
}
