import type { Network, Tap } from '@reluctant/core';
import type { Contender } from '../engine/contender.js';
import type { MemoryLayout } from '../engine/engine-settings.js';
import { mirrorInPytorch, started } from '../engine/open-contenders.js';
import type { SharedFiles } from '../pytorch/shared-files.js';
import type { FiredBatch } from '../row-answers.js';
import type { RowSession } from '../row-session.js';
import { OurSession } from './our-session.js';
import type { PeersSettings } from './peers-settings.js';

/** A row of the comparison, in a process of its own. */
export interface Peer extends Contender {
  /** What fires on the test images, with the weights of now. */
  evaluate(): Promise<readonly FiredBatch[]>;
}

/** What all rows train, from the same weights, on the same images in the same order. */
export interface Ground {
  readonly architecture: string;
  /** As every row builds it from its seed: of its weights PyTorch gets a copy. */
  readonly network: Network;
  readonly seed: number;
  readonly files: { readonly imagesFile: string; readonly labelsFile: string; readonly testFile: string };
  /** In which PyTorch finds the weights. */
  readonly shared: SharedFiles;
}

/** How closely a row is watched. */
export interface Watched {
  readonly watching: string;
  readonly taps: readonly Tap[];
}

/** Has taken its first step. */
export async function openOurs(ground: Ground, { watching, taps }: Watched, settings: PeersSettings): Promise<Peer> {
  const { architecture, files, seed } = ground;
  const { batch, width, threads, spinning } = settings;
  const start = performance.now();
  const session = await OurSession.open({ architecture, width, taps, batch, seed, threads, spinning, ...files });
  const evaluate = () => session.evaluate(files.testFile);
  return { ...(await started({ side: 'ours', watching, ...ofProcess(session) }, start)), evaluate };
}

/** Has taken its first step. */
export async function openTheirs(
  { network, files, shared }: Ground,
  { watching, taps }: Watched,
  layout: MemoryLayout,
  { batch, python, threads }: PeersSettings & { readonly threads: number },
): Promise<Peer> {
  const start = performance.now();
  const { testFile, ...training } = files;
  const options = { python, threads, channelsLast: layout === 'channels-last' };
  const session = await mirrorInPytorch(network, taps, { batch, ...training }, shared, options);
  const sites = network.sites.map(({ name }) => name);
  const evaluate = () => session.evaluate(testFile, sites);
  return { ...(await started({ side: 'pytorch', layout, watching, ...ofProcess(session) }, start)), evaluate };
}

function ofProcess(session: RowSession): Pick<Contender, 'steps' | 'cpu' | 'peakMemoryMiB' | 'close'> {
  return {
    steps: (count) => session.steps(count),
    cpu: () => session.cpu,
    peakMemoryMiB: () => session.peakMemoryMiB,
    close: () => session.close(),
  };
}
