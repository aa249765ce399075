import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll } from 'vitest';
import type { Engine, Session, TrainingPlan } from '../../engine/engine.js';
import type { NamedArrays } from '../../engine/named-arrays.js';
import type { Network } from '../../graph/network.js';
import { writeParameters } from '../../graph/parameters.js';
import { readNetwork } from '../../graph/read-network.js';
import { UNIT_STATISTICS } from '../../probe/statistic.js';
import type { Tap } from '../../probe/tap.js';

export const PLAIN_PLAN: TrainingPlan = {
  optimizer: { kind: 'momentum', momentum: 0.9, weightDecay: 0, decayOn: 'kernels' },
  loss: { kind: 'softmax-cross-entropy', labelSmoothing: 0 },
  taps: [],
  seed: 1,
};

/** Opens sessions for tests and closes what they leave open. */
export class EngineBench {
  readonly engine: Engine;
  private readonly sessions: Session[] = [];
  private readonly models: LayersModel[] = [];

  constructor(create: () => Engine) {
    this.engine = create();
    beforeAll(() => this.engine.prepare(this.options));
    afterEach(() => this.clean());
  }

  get options(): unknown {
    return this.engine.options.parse({});
  }

  /** Reads a model as a network with the given parameters. */
  network(model: LayersModel, parameters?: (network: Network) => NamedArrays): Network {
    const network = this.adopt(readNetwork(model));
    if (parameters) writeParameters(network, parameters(network));
    return network;
  }

  /** Takes over a network, to be disposed of after the test. */
  adopt(network: Network): Network {
    this.models.push(network.model);
    return network;
  }

  async open(network: Network, plan: Partial<TrainingPlan> = {}): Promise<Session> {
    const session = await this.engine.open(network, { ...PLAIN_PLAN, ...plan }, this.options);
    this.sessions.push(session);
    return session;
  }

  private async clean(): Promise<void> {
    for (const session of this.sessions.splice(0)) await session.close();
    for (const model of this.models.splice(0)) model.dispose();
  }
}

/** Every statistic of units at every tap point of every site, in both series. */
export function allTaps({ sites }: Network): readonly Tap[] {
  return sites.flatMap(({ name: site }): Tap[] => [
    { site, at: 'preactivation', statistics: UNIT_STATISTICS, on: 'training-step' },
    { site, at: 'activation', statistics: UNIT_STATISTICS, on: 'training-step' },
    { site, at: 'gradient', statistics: UNIT_STATISTICS, on: 'training-step' },
    { site, at: 'preactivation-gradient', statistics: UNIT_STATISTICS, on: 'training-step' },
    { site, at: 'preactivation', statistics: UNIT_STATISTICS, on: 'probe-split' },
    { site, at: 'activation', statistics: UNIT_STATISTICS, on: 'probe-split' },
  ]);
}
