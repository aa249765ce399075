import {
  agreement as agreementOf,
  flagUnits,
  ReluctantError,
  silentSteps,
  type Agreement,
  type FlagOptions,
  type UnitFlags,
} from '@reluctant/core';
import { formatAgreement } from '../output/format-agreement.js';
import { readRecord } from '../read-record.js';
import { recordedMeasurement, type MeasurementChoice } from '../recorded/recorded-measurement.js';
import { matchingSites } from '../recorded/recorded-sites.js';
import { recordedThresholds } from '../recorded/recorded-thresholds.js';
import type { CommandContext } from './command-context.js';

/** What `reluctant agreement` found of one measurement of a run. */
export interface AgreementReport {
  readonly run: string;
  readonly name: string;
  readonly step: number;
  readonly epoch: number;
  /** Images of the probe split. */
  readonly images: number;
  readonly epsilon: number;
  readonly tau: number;
  /** Training steps without firing that make a unit silent; `null` where the record can't tell. */
  readonly window: number | null;
  /** Steps of the last training window: what happened within it is not recorded, so that shorter silence can't be seen. */
  readonly resolution: number | null;
  readonly layers: readonly (Agreement & { readonly site: string; readonly units: number })[];
  /** The units of all these layers together. */
  readonly all: Agreement & { readonly units: number };
}

export interface AgreementOptions extends MeasurementChoice, Partial<FlagOptions> {
  readonly site: string;
}

/** `reluctant agreement RUN`: how many units each definition of a dead unit flags, and how far the definitions agree. */
export async function agreement(context: CommandContext, run: string, options: AgreementOptions): Promise<void> {
  if (options.epoch !== undefined && options.step !== undefined) {
    throw new ReluctantError('USAGE', 'Give --epoch or --step, not both.');
  }
  const found = await readRecord(context, run, async (reader): Promise<AgreementReport> => {
    const { id, name, manifest } = reader.summary;
    const sites = matchingSites(reader, options.site);
    const measurement = await recordedMeasurement(reader, await reader.tapSamples(), sites, options);
    const { step, epoch, images } = measurement;
    const recorded = recordedThresholds(manifest);
    const epsilon = options.epsilon ?? recorded.epsilon;
    const tau = options.tau ?? recorded.tau;
    const records = [...measurement.sites];
    const resolution = records.flatMap(([, { training }]) => silentSteps(training, step)?.window ?? []).at(0);
    const window = options.window ?? resolution;
    const flagged = records.map(([site, record]) => [site, flagUnits(record, { epsilon, tau, window })] as const);
    return {
      run: id,
      name,
      step,
      epoch,
      images,
      epsilon,
      tau,
      window: resolution === undefined ? null : window!,
      resolution: resolution ?? null,
      layers: flagged.map(([site, flags]) => ({ site, units: unitsOf(flags), ...agreementOf([flags]) })),
      all: {
        units: flagged.reduce((total, [, flags]) => total + unitsOf(flags), 0),
        ...agreementOf(flagged.map(([, flags]) => flags)),
      },
    };
  });
  context.output.printJson(found);
  context.output.print(formatAgreement(found));
}

function unitsOf(flags: UnitFlags): number {
  return Math.max(0, ...Object.values(flags).map(({ length }) => length));
}
