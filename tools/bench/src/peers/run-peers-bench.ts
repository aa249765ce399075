import { availableParallelism, cpus } from 'node:os';
import { createInitializerFactory, type Batch, type Network } from '@reluctant/core';
import { learnableBatches, testBatches } from '../agreement/learnable-batches.js';
import { blocks } from '../engine/contender.js';
import { contenderReport } from '../engine/contender-report.js';
import { findSides } from '../engine/find-sides.js';
import { readLoad } from '../foreign-load.js';
import { interleave } from '../interleave.js';
import { describeMachine } from '../machine.js';
import type { OnProgress } from '../on-progress.js';
import { SharedFiles } from '../pytorch/shared-files.js';
import { quietestAttempt } from '../quietest-attempt.js';
import { architectureBuilder, type ArchitectureBuilder } from '../step/architecture-builder.js';
import { findWatches } from '../step/open-subjects.js';
import type { Watch } from '../step/watching.js';
import { compareProbabilities, countAfter, type CountedRows } from './compare-probabilities.js';
import { openOurs, openTheirs, type Ground, type Peer } from './peer.js';
import type { PeersDuel, PeersReport, ProbabilityAgreement } from './peers-report.js';
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
  const network = networkOf(build, 1);
  try {
    const { imagesFile: testFile } = await shared.writeBatches(test);
    const files = { ...(await shared.writeBatches(batches)), testFile };
    const ground = { architecture, files, shared };
    onProgress(`${architecture}: opening`);
    const measured = await withPeers({ ...ground, network, seed: 1 }, watches, settings, (peers) =>
      timed(architecture, peers, settings, onProgress),
    );
    const { parameters } = network.graph;
    return {
      architecture,
      parameters: parameters.reduce(
        (sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1),
        0,
      ),
      relus: network.sites.length,
      ...measured,
      agreements: settings.layouts.length > 0 ? await agreementsOf(ground, what, settings, onProgress) : [],
    };
  } finally {
    network.model.dispose();
    await shared.remove();
  }
}

/** In processes that do nothing else: what evaluates takes memory, which is to be nobody's peak. */
async function agreementsOf(
  ground: Omit<Ground, 'network' | 'seed'>,
  { architecture, build, watches }: Duel,
  settings: PeersSettings,
  onProgress: OnProgress,
): Promise<readonly ProbabilityAgreement[]> {
  const watched = watches.filter(({ name }) => name !== 'nothing');
  const seeds: CountedRows[] = [];
  let elements: Record<string, number> = {};
  for (let seed = 1; seed <= settings.seeds; seed++) {
    onProgress(`${architecture}: comparing Pr[y>0], seed ${seed} of ${settings.seeds}`);
    const network = networkOf(build, seed);
    try {
      elements = Object.fromEntries(network.sites.map(({ name, positions }) => [name, settings.batch * positions]));
      seeds.push(
        await withPeers({ ...ground, network, seed }, watched, settings, (peers) =>
          countAfter(settings.comparedAfter, peers),
        ),
      );
    } finally {
      network.model.dispose();
    }
  }
  return compareProbabilities(seeds, elements);
}

/** With the weights that the processes of ours draw. */
function networkOf(build: ArchitectureBuilder, seed: number): Network {
  return build(createInitializerFactory({ kind: 'he-normal', bias: 0 }, seed));
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

async function timed(architecture: string, peers: readonly Peer[], settings: PeersSettings, onProgress: OnProgress) {
  const { rounds, warmup, stepsPerRound, pause, attempts, tolerance } = settings;
  const subjects = peers.map((peer) => blocks(peer, stepsPerRound, pause));
  const onRound = (done: number) => onProgress(`${architecture}: round ${done} of ${warmup + rounds}`);
  const attempt = await quietestAttempt(() => interleave(subjects, { rounds, warmup, onRound }), {
    tolerance: tolerance * cpus().length,
    maxAttempts: attempts,
    load: () => readLoad(peers.reduce((sum, { cpu }) => sum + (cpu?.() ?? 0), 0)),
  });
  const { result, foreignCores, noisy } = attempt;
  return {
    attempts: attempt.attempts,
    foreignCores,
    noisy,
    contenders: peers.map((peer) => contenderReport(peer, peers, result)),
  };
}
