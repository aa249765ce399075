import type { StrategyChoices } from '../lowering/lower-network.js';

/** Training steps by one choice of strategies, to be timed. */
export interface Trial {
  /** Takes one step. @returns its milliseconds */
  step(): Promise<number>;
  close(): Promise<void>;
}

/** Compiles training steps that follow these choices. */
export type OpenTrial = (choices: StrategyChoices) => Promise<Trial>;
