/**
 * Stable error codes. The number is the exit code with which the command line ends; 1 is kept for a defect of ours,
 * 130 for an interrupt.
 */
export const EXIT_CODES = {
  INTERNAL: 1,
  USAGE: 2,
  QUERY_INVALID: 2,
  CONFIG_INVALID: 3,
  CONFIG_NOT_FOUND: 3,
  PLUGIN_UNKNOWN: 4,
  PLUGIN_INVALID: 4,
  DATASET_NOT_FOUND: 5,
  DATASET_CORRUPT: 6,
  DATASET_DOWNLOAD_FAILED: 5,
  ENGINE_UNAVAILABLE: 7,
  ENGINE_UNSUPPORTED: 7,
  RUN_DIVERGED: 8,
  RUN_NOT_FOUND: 9,
  RUN_CORRUPT: 9,
  STORE_FAILED: 10,
  PROBE_FAILED: 11,
  CHECK_FAILED: 12,
  SERVER_FAILED: 13,
  INTERRUPTED: 130,
} as const;

export type ErrorCode = keyof typeof EXIT_CODES;

/** A single thing that is wrong with a configuration, with the place where it is. */
export interface Issue {
  /** Dotted path into the experiment file, e.g. `training.optimizer.momentum`; empty for the whole file. */
  readonly path: string;
  readonly message: string;
}

/** The one error type that users see: a stable code, a message that says what to do, and the cause. */
export class ReluctantError extends Error {
  override readonly name = 'ReluctantError';
  readonly code: ErrorCode;
  /** Every configuration issue found, where there is more than one to tell. */
  readonly issues: readonly Issue[];

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; issues?: readonly Issue[] } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.issues = options.issues ?? [];
  }

  get exitCode(): number {
    return EXIT_CODES[this.code];
  }

  /** True for our errors even when two copies of this module are loaded (a third-party plugin brings its own). */
  static is(error: unknown): error is ReluctantError {
    return error instanceof Error && error.name === 'ReluctantError' && 'code' in error;
  }

  /** `error` itself where it is one of ours, otherwise wrapped with `code` and a message that says during what it arose. */
  static from(error: unknown, code: ErrorCode, during: string): ReluctantError {
    if (ReluctantError.is(error)) return error;
    const reason = error instanceof Error ? error.message : String(error);
    return new ReluctantError(code, `${during}: ${reason}`, { cause: error });
  }
}
