import { availableParallelism } from 'node:os';
import type { Batch } from '@reluctant/core';
import { learnableBatches, testBatches } from '../agreement/learnable-batches.js';
import { findSides } from '../engine/find-sides.js';
import { timeContenders } from '../engine/time-contenders.js';
import { describeMachine } from '../machine.js';
import type { OnProgress } from '../on-progress.js';
import { SharedFiles } from '../pytorch/shared-files.js';
import { architectureBuilder, type ArchitectureBuilder } from '../step/architecture-builder.js';
import { networkSize } from '../step/network-size.js';
import { findWatches } from '../step/open-subjects.js';
import { drawNetwork } from '../step/open-watched.js';
import type { Watch } from '../step/watching.js';
import { compareProbabilities, countAfter, type CountedRows } from './compare-probabilities.js';
import { openOurs, openTheirs, type Ground, type Peer } from './peer.js';
import type { PeersDuel, PeersReport } from './peers-report.js';
import type { PeersSettings } from './peers-settings.js';

/** Different batches that are trained on, in turn. */
const BATCHES = 64;

/**
 * Trains the same networks with and without all probes, here and in PyTorch with hooks that count the same: time, memory, and Pr[y>0].
 * @throws ReluctantError `USAGE` or `ENGINE_UNAVAILABLE`, before anything is measured
 */
export async function runPeersBench(settings: PeersSettings, onProgress: OnProgress): Promise<PeersReport> {
  const machine = describeMachine();
  const builders = settings.architectures.map((name) => [name, architectureBuilder(name, settings.width)] as const);
  const { engine, sides } = await findSides(settings);
  await engine.engine.prepare(engine.options);
  const layouts = 'unavailable' in sides.pytorch ? [] : settings.layouts;
  const watches = await findWatches(['all-probes']);
  const { source: data, batches } = await learnableBatches(BATCHES, settings.batch);
  const test = await testBatches(settings.images, settings.batch);
  const duels: PeersDuel[] = [];
  for (const [architecture, build] of builders) {
    duels.push(await duel({ architecture, build, batches, test, watches }, { ...settings, layouts }, onProgress));
  }
  const images = test.length * settings.batch;
  return { benchmark: 'peers', time: new Date().toISOString(), machine, settings, ...sides, data, images, duels };
}

interface Duel {
  readonly architecture: string;
  readonly build: ArchitectureBuilder;
  readonly batches: readonly Batch[];
  readonly test: readonly Batch[];
  readonly watches: readonly Watch[];
}

async function duel(what: Duel, settings: PeersSettings, onProgress: OnProgress): Promise<PeersDuel> {
  const { architecture, build, batches, test, watches } = what;
  const shared = await SharedFiles.create();
  const network = drawNetwork(build, 1);
  try {
    const { imagesFile: testFile } = await shared.writeBatches(test);
    const files = { ...(await shared.writeBatches(batches)), testFile };
    const ground = { architecture, files, shared };
    onProgress(`${architecture}: opening`);
    const measured = await withPeers({ ...ground, network, seed: 1 }, watches, settings, (peers) =>
      timeContenders(architecture, peers, settings, onProgress),
    );
    const { parameters, sites: relus } = networkSize(network);
    const elements = Object.fromEntries(network.sites.map(({ name, positions }) => [name, settings.batch * positions]));
    const counted = settings.layouts.length > 0 ? await countAll(ground, what, settings, onProgress) : [];
    return {
      architecture,
      parameters,
      relus,
      ...measured,
      agreements: compareProbabilities(counted, elements),
    };
  } finally {
    network.model.dispose();
    await shared.remove();
  }
}

/** What fires on both sides, seed by seed. In processes that do nothing else: evaluating takes memory, which is to be nobody's peak. */
async function countAll(
  ground: Omit<Ground, 'network' | 'seed'>,
  { architecture, build, watches }: Duel,
  settings: PeersSettings,
  onProgress: OnProgress,
): Promise<readonly CountedRows[]> {
  const watched = watches.filter(({ name }) => name !== 'nothing');
  const seeds: CountedRows[] = [];
  for (let seed = 1; seed <= settings.seeds; seed++) {
    onProgress(`${architecture}: comparing Pr[y>0], seed ${seed} of ${settings.seeds}`);
    const network = drawNetwork(build, seed);
    try {
      const count = (peers: readonly Peer[]) => countAfter(settings.comparedAfter, peers);
      seeds.push(await withPeers({ ...ground, network, seed }, watched, settings, count));
    } finally {
      network.model.dispose();
    }
  }
  return seeds;
}

/** Opens a row of ours, and one of PyTorch for each layout, for each way of watching. */
async function withPeers<T>(
  ground: Ground,
  watches: readonly Watch[],
  settings: PeersSettings,
  body: (peers: readonly Peer[]) => Promise<T>,
): Promise<T> {
  const { threads = availableParallelism() } = settings;
  const peers: Peer[] = [];
  try {
    for (const { name: watching, taps } of watches) {
      // What is counted in training; the probe split is the same work whoever does it.
      const watched = { watching, taps: taps(ground.network.sites).filter(({ on }) => on === 'training-step') };
      peers.push(await openOurs(ground, watched, settings));
      for (const layout of settings.layouts) {
        peers.push(await openTheirs(ground, watched, layout, { ...settings, threads }));
      }
    }
    return await body(peers);
  } finally {
    for (const peer of peers) await peer.close();
  }
}
