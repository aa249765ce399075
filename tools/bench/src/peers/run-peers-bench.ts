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
import { openOurs, openTheirs, type Ground, type Peer } from './peer.js';
import type { PeersDuel, PeersReport, ProbabilityAgreement } from './peers-report.js';
import type { PeersSettings } from './peers-settings.js';
import { siteAgreements } from './probability-agreement.js';

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
  onProgress(`${architecture}: opening`);
  const shared = await SharedFiles.create();
  // From the same weights as the processes of ours build it.
  const network = build(createInitializerFactory({ kind: 'he-normal', bias: 0 }, 1));
  const peers: Peer[] = [];
  try {
    const { imagesFile: testFile } = await shared.writeBatches(test);
    const files = { ...(await shared.writeBatches(batches)), testFile };
    await openAll({ architecture, network, files, shared }, watches, settings, peers);
    const { contenders, ...measured } = await timed(architecture, peers, settings, onProgress);
    onProgress(`${architecture}: comparing Pr[y>0]`);
    const { parameters } = network.graph;
    return {
      architecture,
      parameters: parameters.reduce(
        (sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1),
        0,
      ),
      relus: network.sites.length,
      ...measured,
      contenders,
      agreements: await agreementsOf(peers, network, settings.batch),
    };
  } finally {
    for (const peer of peers) await peer.close();
    network.model.dispose();
    await shared.remove();
  }
}

/** What was opened is in `peers` even where one can't be. */
async function openAll(
  ground: Ground,
  watches: readonly Watch[],
  settings: PeersSettings,
  peers: Peer[],
): Promise<void> {
  const { threads = availableParallelism() } = settings;
  for (const { name: watching, taps } of watches) {
    // What is counted in training; the probe split is the same work whoever does it.
    const watched = { watching, taps: taps(ground.network.sites).filter(({ on }) => on === 'training-step') };
    peers.push(await openOurs(ground, watched, settings));
    for (const layout of settings.layouts) {
      peers.push(await openTheirs(ground, watched, layout, { ...settings, threads }));
    }
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
    // The first one is part of opening.
    steps: 1 + attempt.attempts * (warmup + rounds) * stepsPerRound,
    attempts: attempt.attempts,
    foreignCores,
    noisy,
    contenders: peers.map((peer) => contenderReport(peer, peers, result)),
  };
}

/** Of the rows with all probes: each of PyTorch's with ours, and its other layout with its default one. */
async function agreementsOf(
  peers: readonly Peer[],
  { sites }: Network,
  batch: number,
): Promise<readonly ProbabilityAgreement[]> {
  const elements = Object.fromEntries(sites.map(({ name, positions }) => [name, batch * positions]));
  const watched = peers.filter(({ watching }) => watching !== 'nothing');
  const fired = new Map<Peer, Awaited<ReturnType<Peer['evaluate']>>>();
  for (const peer of watched) fired.set(peer, await peer.evaluate());
  const [ours, first, ...others] = watched;
  const compare = (one: Peer, other: Peer): ProbabilityAgreement => ({
    layout: other.layout!,
    with: one === ours ? 'ours' : 'itself',
    sites: siteAgreements(fired.get(one)!, fired.get(other)!, elements),
  });
  if (!first) return [];
  return [...[first, ...others].map((other) => compare(ours, other)), ...others.map((other) => compare(first, other))];
}
