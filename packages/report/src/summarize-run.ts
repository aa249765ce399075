import { theoryDeviations, type RunReader, type SimulationCell } from '@reluctant/core';
import { activationByDepth, type ActivationByDepth } from './queries/activation-by-depth.js';
import { deadUnits, type DeadUnits } from './queries/dead-units.js';
import { finalState } from './queries/final-state.js';
import { finiteOrNull } from './queries/finite-or-null.js';
import { interventionTotals } from './queries/interventions.js';
import { kindOf } from './queries/kind-of.js';
import { layerDiagnostics } from './queries/layer-diagnostics.js';
import { lifeCycle } from './queries/life-cycle.js';
import { headlineSeries } from './queries/measurements.js';
import { readRun, type RunRecord } from './queries/run-record.js';
import { sitesOf } from './queries/sites.js';
import { statusSentence } from './queries/status.js';
import type { CellReport, LayerReport, RunReport } from './run-report.js';

/** A run's main numbers as plain, JSON-safe data. Works for runs that are unfinished, unmeasured or simulated. */
export async function summarizeRun(reader: RunReader): Promise<RunReport> {
  return runReport(await readRun(reader));
}

/** The same of a run that has been read. */
export function runReport(record: RunRecord): RunReport {
  const { manifest } = record;
  const series = headlineSeries(record, 'activation-probability');
  const activation = series && activationByDepth(record, series);
  const dead = deadUnits(record);
  const cycle = lifeCycle(record);
  return {
    id: manifest.id,
    name: manifest.name,
    createdAt: manifest.createdAt,
    status: record.status,
    statusSentence: statusSentence(record),
    seed: manifest.seed,
    engine: manifest.engine?.kind ?? null,
    dataset: manifest.dataset?.kind ?? null,
    architecture: kindOf(manifest.config['architecture']) ?? null,
    parameters: manifest.network?.parameters ?? null,
    final: finalState(record),
    activation: activation
      ? { ...measuredOn(activation), mean: activation.mean, confidence: activation.confidence }
      : null,
    dead: dead
      ? {
          ...measuredOn(dead),
          neverFired: dead.neverFired,
          nearlyDead: dead.nearlyDead,
          epsilon: dead.epsilon,
          confidence: dead.confidence,
          neverFiredUpper: dead.neverFiredUpper,
        }
      : null,
    lifeCycle: cycle ? { bornDead: cycle.bornDead, died: cycle.died, revived: cycle.revived } : null,
    layers: layerReports(record, activation, dead),
    simulations: record.simulations.map(({ name, group, band, trials, trialName, axis, mean, lower, upper }) => ({
      name,
      group,
      band,
      trials,
      ...(trialName !== undefined && { trialName }),
      points: axis.values.length,
      axis: axis.label,
      last:
        axis.values.length === 0
          ? null
          : {
              x: finiteOrNull(axis.values.at(-1)),
              mean: finiteOrNull(mean.at(-1)),
              lower: finiteOrNull(lower.at(-1)),
              upper: finiteOrNull(upper.at(-1)),
            },
    })),
    theories: theoryDeviations(record.predictions, record.simulations).map(({ outside, largest, ...deviation }) => ({
      ...deviation,
      outside: outside.length,
      largest: largest ? { ...largest, standardErrors: finiteOrNull(largest.standardErrors) } : null,
    })),
    tables: record.tables.map((table) => ({ ...table, rows: table.rows.map((row) => row.map(cellReport)) })),
    maps: record.maps.map(({ title }) => title),
    notes: record.notes,
    interventions: interventionTotals(record),
    probeFailures: record.probeFailures.map(({ probe, message }) => ({ probe, message })),
  };
}

function cellReport(cell: SimulationCell): CellReport {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return finiteOrNull(cell);
  return { value: finiteOrNull(cell.value), lower: finiteOrNull(cell.lower), upper: finiteOrNull(cell.upper) };
}

function measuredOn({ on, step, epoch, images, units }: ActivationByDepth | DeadUnits) {
  return { on, step, epoch, images, units };
}

function layerReports(
  record: RunRecord,
  activation: ActivationByDepth | undefined,
  dead: DeadUnits | undefined,
): readonly LayerReport[] {
  const diagnostics = layerDiagnostics(record);
  return sitesOf(record).map((site) => {
    const isSite = (layer: { readonly site: { readonly name: string } }) => layer.site.name === site.name;
    const probability = activation?.layers.find(isSite);
    const deaths = dead?.layers.find(isSite);
    const further = diagnostics?.layers.find(isSite);
    return {
      site: site.name,
      depth: site.depth,
      kind: site.kind,
      units: site.units,
      positions: site.positions,
      skip: site.skip,
      mean: probability?.mean ?? null,
      meanLower: probability?.meanLower ?? null,
      meanUpper: probability?.meanUpper ?? null,
      elements: probability?.elements ?? null,
      median: probability?.median ?? null,
      lowerQuartile: probability?.lowerQuartile ?? null,
      upperQuartile: probability?.upperQuartile ?? null,
      min: probability?.min ?? null,
      max: probability?.max ?? null,
      belowHalf: probability?.belowHalf ?? null,
      neverFired: deaths?.neverFired ?? null,
      nearlyDead: deaths?.nearlyDead ?? null,
      dormant: further?.dormant ?? null,
      elementSparsity: further?.elementSparsity ?? null,
    };
  });
}
