/** Severity from which ONNX Runtime logs. */
export const ERRORS_ONLY = 3;

/** It makes a padding with zeros part of the max pool that follows, whose own padding never wins a window (1.30). */
const UNSOUND_OPTIMIZERS = 'Pad_Fusion';

/**
 * Configuration of every session, by ONNX Runtime's keys. Several sessions live side by side: threads that spun on
 * between runs would steal cores from the one that computes.
 *
 * @param spinning microseconds of busy waiting for the next operator. Waking a sleeping thread takes about 10, and a step wakes
 *   them hundreds of times; without a bound, they burn what other programs need
 */
export function sessionConfiguration(spinning: number): Readonly<Record<string, string>> {
  return {
    'session.intra_op.allow_spinning': spinning > 0 ? '1' : '0',
    'session.intra_op.spin_duration_us': String(spinning),
    'session.force_spinning_stop': '1',
    'optimization.disable_specified_optimizers': UNSOUND_OPTIMIZERS,
  };
}
