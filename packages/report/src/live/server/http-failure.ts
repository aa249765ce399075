import { ReluctantError, type ErrorCode } from '@reluctant/core';
import type { ApiFailure } from '../api.js';

/** A request that is answered with an error. */
export class HttpFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  /** `error` as an answer. */
  static from(error: unknown): HttpFailure {
    if (error instanceof HttpFailure) return error;
    const { code, message } = ReluctantError.from(error, 'INTERNAL', 'A defect of Reluctant');
    return new HttpFailure(STATUSES[code] ?? 500, code, message);
  }

  get body(): ApiFailure {
    return { error: { code: this.code, message: this.message } };
  }
}

const STATUSES: Partial<Record<ErrorCode, number>> = {
  USAGE: 400,
  RUN_NOT_FOUND: 404,
  INTERRUPTED: 503,
};
