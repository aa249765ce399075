import type { Session } from '@reluctant/core';
import type { Tuning } from './tuning.js';

/** A session that was opened, with the tuning that it follows. */
export interface TunedSession<S extends Session = Session> {
  readonly session: S;
  /** Left out where none was asked for, or there are only plain strategies. */
  readonly tuning?: Tuning;
}
