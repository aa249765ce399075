import { plugins, resolveExperiment, RunStore } from '@reluctant/core';
import type { CommandContext } from '../command-context.js';
import { runAndPrint } from './ask.js';
import { recordedUnit } from './recorded-unit.js';

/** `reluctant single-unit fit RUN --site SITE --unit UNIT`: the model's prediction over what was recorded of a network's unit. */
export async function fit(
  context: CommandContext,
  run: string,
  { site, unit }: { readonly site: string; readonly unit: string },
): Promise<void> {
  const { container } = context;
  const recorded = await recordedUnit(await container.get(RunStore).open(run), site, Number(unit));
  const document = {
    name: `${site}, unit ${unit}`,
    simulation: { kind: 'single-unit-fit', ...recorded },
  };
  await runAndPrint(context, resolveExperiment(document, plugins(container), `The record of run ${run}`));
}
