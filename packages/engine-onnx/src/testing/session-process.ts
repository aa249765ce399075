/**
 * A process of its own, for the tests of how one ends: `idle` leaves its session open, `waiting` has nothing to do but wait for a
 * step, `leaving` exits with code 3 in the middle of one, `tuning` while another session is tuned.
 */
import { setTimeout } from 'node:timers/promises';
import { onnxEngine } from '../engine.js';
import { LARGE_BATCH, largeNetwork, planFor } from './worker-networks.js';

const options = onnxEngine.options.parse({});
await onnxEngine.prepare(options);
const network = largeNetwork();
const session = await onnxEngine.open(network, planFor(network), options);
const train = (step: number) => session.trainStep(LARGE_BATCH, { learningRate: 0.1, step });
await train(0);

const ends: Readonly<Record<string, () => Promise<void>>> = {
  idle: async () => undefined,
  waiting: async () => void train(1).then(({ loss }) => console.log(`loss ${loss}`)),
  tuning: async () => {
    const leave = () => setTimeout(50).then(() => process.exit(3));
    void onnxEngine.open(network, planFor(network), { ...options, tune: true }, { onProgress: leave });
  },
  leaving: async () => {
    void train(1);
    await setTimeout(50);
    process.exit(3);
  },
};
await ends[process.argv[2]]();
