import {
  createContainer,
  DEFAULT_CHOICES,
  mergeTaps,
  plugins,
  type Probe,
  type ReluSite,
  type Tap,
} from '@reluctant/core';
import * as probesPackage from '@reluctant/probes';
import type { Docstring } from './docstring.js';
import { optionRows, type OptionRow } from './options-table.js';
import { readDocstring } from './read-docstring.js';

const INDEX = new URL('../../../packages/probes/src/index.ts', import.meta.url);

/** Stands for the sites of any network. */
const SITE: ReluSite = { name: 'relu', layer: 'relu', depth: 1, kind: 'conv', units: 3, positions: 4, skip: false };

/** All that the page says of one probe. */
export interface ProbeDoc {
  readonly probe: Probe;
  readonly docstring: Docstring;
  readonly options: readonly OptionRow[];
  readonly runsByDefault: boolean;
  /** What it asks for unless told otherwise; undefined where some option has no default. */
  readonly taps: readonly Tap[] | undefined;
  /** Whether the option `training` decides on the series of training batches. */
  readonly trainingIsOptional: boolean;
}

/** Every probe that the module of `@reluctant/probes` binds, by kind. */
export async function probeDocs(): Promise<readonly ProbeDoc[]> {
  const container = await createContainer([probesPackage.probesModule]);
  return plugins(container).probe.all.map((probe) => ({
    probe,
    docstring: readDocstring(INDEX, exportedName(probe)),
    options: optionRows(probe.options),
    runsByDefault: DEFAULT_CHOICES.probes.some(({ kind }) => kind === probe.kind),
    taps: defaultTaps(probe, [SITE]),
    trainingIsOptional: 'training' in probe.options.shape,
  }));
}

/** What a probe asks for with its default options. */
export function defaultTaps(probe: Probe, sites: readonly ReluSite[]): readonly Tap[] | undefined {
  const options = probe.options.safeParse({});
  return options.success ? mergeTaps(probe.taps(sites, options.data)) : undefined;
}

function exportedName(probe: Probe): string {
  const entry = Object.entries(probesPackage).find(([, value]) => value === probe);
  if (entry) return entry[0];
  throw new Error(`The probe "${probe.kind}" is bound, but index.ts does not export it. Export it, with a docstring.`);
}
