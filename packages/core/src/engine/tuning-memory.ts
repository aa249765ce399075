import { serviceIdentifier } from '../plugin/service-identifier.js';

/** What was measured. */
export interface TuningKey {
  /** Engine, machine and settings: everything that tunings of one place have in common. */
  readonly device: string;
  /** What was tuned there. */
  readonly subject: string;
}

/**
 * Remembers what engines found out by measuring, from process to process, so that it is measured once, and computed alike every time.
 * It understands neither keys nor values.
 */
export interface TuningMemory {
  /** Undefined where nothing is remembered, or it can't be read. */
  recall(key: TuningKey): Promise<string | undefined>;
  /** Replaces what was remembered. Throws `STORE_FAILED` where that can't be kept. */
  remember(key: TuningKey, value: string): Promise<void>;
  /** Everything remembered of a device, in no particular order. */
  list(device: string): Promise<readonly string[]>;
}
export const TuningMemory = serviceIdentifier<TuningMemory>('TuningMemory');
