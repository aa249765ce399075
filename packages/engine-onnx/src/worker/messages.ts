import type { NamedArrays, Session, TrainingPlan } from '@reluctant/core';
import type { OnnxOptions } from '../options.js';
import type { TrainedNetwork } from '../session.js';
import type { TuningProgress } from '../tune/tune-strategies.js';
import type { Tuning } from '../tune/tuning.js';
import type { ErrorMessage } from './error-message.js';
import type { WorkGuard } from './work-guard.js';

/** What a session is built from: plain data, so that it can be sent to its thread. */
export interface SessionSpec {
  readonly network: TrainedNetwork;
  /** The network's parameters by name, in tfjs layouts. */
  readonly initial: NamedArrays;
  readonly plan: TrainingPlan;
  readonly options: OnnxOptions;
  /** What is known of the fastest strategies, where the options ask for those. */
  readonly tuning?: Tuning;
}

export interface ThreadData extends SessionSpec {
  readonly guard: WorkGuard;
}

/** What is known of a session once it is built. */
export interface OpenedSession {
  /** That it follows. */
  readonly tuning?: Tuning;
  readonly winograd: readonly string[];
}

/** What is asked of the session's thread: its methods, of which `close` gives the parameters as they are at the end. */
export interface SessionThread extends Omit<Session, 'close' | 'device' | 'winograd'> {
  close(): Promise<NamedArrays>;
}

/** A call of one method of the session. */
export type Call = {
  [M in keyof SessionThread]: { readonly method: M; readonly args: Parameters<SessionThread[M]> };
}[keyof SessionThread];

export type Request = Call & { readonly id: number };

/** How the call of that id ended. */
export type Reply =
  { readonly id: number; readonly result: unknown } | { readonly id: number; readonly error: ErrorMessage };

/** What the thread sends: replies, and before the one to opening how far tuning is. */
export type Message = Reply | { readonly tuning: TuningProgress };

/** The id under which the thread tells whether the session could be built; calls count from 1. */
export const OPENING = 0;
