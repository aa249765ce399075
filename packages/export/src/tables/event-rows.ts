import type { EventOf, TrainingEvent } from '@reluctant/core';
import { block, time } from './run-rows.js';
import type { Block, TableName } from './table.js';

export type Rows = readonly [table: TableName, block: Block];

/**
 * The rows that tell of an event.
 * @param depths of the run's sites, by name
 */
export function eventRows(run: string, depths: ReadonlyMap<string, number>, event: TrainingEvent): readonly Rows[] {
  switch (event.type) {
    case 'step.completed': {
      const { step, epoch, loss, correct, size, learningRate, seconds } = event;
      return [['steps', block(run, step, epoch, time(event.time), loss, correct / size, size, learningRate, seconds)]];
    }
    case 'epoch.completed': {
      const { step, epoch, trainLoss, trainAccuracy, seconds } = event;
      return [['epochs', block(run, epoch, step, time(event.time), trainLoss, trainAccuracy, seconds)]];
    }
    case 'evaluation.completed': {
      const { split, step, epoch, loss, accuracy, images } = event;
      return [['evaluations', block(run, split, step, epoch, time(event.time), loss, accuracy, images)]];
    }
    case 'probe.reading':
      return readingRows(run, depths, event);
    case 'unit.born-dead':
    case 'unit.died':
    case 'unit.revived': {
      const { probe, site, unit, step, epoch } = event;
      const transition = event.type.slice('unit.'.length);
      const depth = depths.get(site) ?? null;
      return [['transitions', block(run, transition, probe, site, depth, unit, step, epoch, time(event.time))]];
    }
    case 'intervention.applied':
      return [['interventions', interventionRows(run, depths, event, 'applied', event.action)]];
    case 'intervention.withheld':
      return [['interventions', interventionRows(run, depths, event, 'withheld', event.reason)]];
    default:
      return [];
  }
}

function readingRows(
  run: string,
  depths: ReadonlyMap<string, number>,
  { reading }: EventOf<'probe.reading'>,
): readonly Rows[] {
  const { probe, site, on, step, epoch, images, layer, units } = reading;
  const common = [run, probe, site, depths.get(site) ?? null, on, step, epoch, images] as const;
  const rows: Rows[] = Object.entries(layer).map(([measure, value]) => [
    'layer_readings',
    block(...common, measure, value),
  ]);
  for (const [measure, values] of Object.entries(units)) {
    const cells = [...common, measure, Array.from(values.keys()), values];
    rows.push(['unit_readings', { rows: values.length, cells }]);
  }
  return rows;
}

function interventionRows(
  run: string,
  depths: ReadonlyMap<string, number>,
  event: EventOf<'intervention.applied' | 'intervention.withheld'>,
  outcome: string,
  detail: string,
): Block {
  const { intervention, site, units, step, epoch } = event;
  const depth = depths.get(site) ?? null;
  const cells = [run, intervention, outcome, site, depth, units, step, epoch, time(event.time), detail];
  return { rows: units.length, cells };
}
