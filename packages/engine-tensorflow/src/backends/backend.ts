import type { EngineStatus } from '@reluctant/core';

/** A tfjs backend on which the eager engine can run. */
export interface Backend {
  /** Loads the backend if it can be loaded here; repeated calls are cheap. Never throws: `available: false` says why. */
  status(): Promise<EngineStatus>;
  /** Makes the loaded backend the one on which tfjs computes; several engines may share a process, so each call asks for its own. */
  activate(): Promise<void>;
}
