import { lifeCycle, looksOf, ReluctantError, type LifeCycle } from '@reluctant/core';
import { formatLifeCycles } from '../output/format-life-cycles.js';
import { readRecord } from '../read-record.js';
import { matchingSites } from '../recorded/recorded-sites.js';
import type { CommandContext } from './command-context.js';

/** What `reluctant lifecycle` found of one run. */
export interface LifeCycles {
  readonly run: string;
  readonly name: string;
  readonly status: string;
  /** Of bands and intervals. */
  readonly confidence: number;
  /** When the units were looked at, and on how many images. */
  readonly looks: readonly { readonly step: number; readonly epoch: number; readonly images: number }[];
  readonly layers: readonly (LifeCycle & { readonly site: string })[];
  /** The units of all these layers together. */
  readonly all: LifeCycle;
}

/** `reluctant lifecycle RUN`: which units were born dead, died and revived, how long the others survive, and who revives. */
export async function lifecycle(
  context: CommandContext,
  run: string,
  { site, confidence }: { readonly site: string; readonly confidence: number },
): Promise<void> {
  const found = await readRecord(context, run, async (reader): Promise<LifeCycles> => {
    const { id, name, status } = reader.summary;
    const sites = matchingSites(reader, site);
    const samples = await reader.tapSamples();
    const seen = sites
      .map((each) => ({ site: each.name, looks: looksOf(samples, each.name) }))
      .filter(({ looks }) => looks.length > 0);
    if (seen.length === 0) {
      throw new ReluctantError(
        'USAGE',
        `Run ${id} recorded nothing of how these units fire on the probe split. Record a run with the probe unit-lifecycle.`,
      );
    }
    const longest = seen.reduce((a, b) => (b.looks.length > a.looks.length ? b : a));
    return {
      run: id,
      name,
      status,
      confidence,
      looks: longest.looks.map(({ step, epoch, images }) => ({ step, epoch, images })),
      layers: seen.map((each) => ({ site: each.site, ...lifeCycle([each.looks], confidence) })),
      all: lifeCycle(seen.map(({ looks }) => looks), confidence), // prettier-ignore
    };
  });
  context.output.printJson(found);
  context.output.print(formatLifeCycles(found));
}
