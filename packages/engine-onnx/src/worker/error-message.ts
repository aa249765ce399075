import { ReluctantError, type ErrorCode, type Issue } from '@reluctant/core';

/** An error as plain data: what is copied between threads loses its class and its code. */
export interface ErrorMessage {
  readonly message: string;
  readonly stack?: string;
  /** Left out where the error is none of ours. */
  readonly code?: ErrorCode;
  readonly issues?: readonly Issue[];
  readonly cause?: ErrorMessage;
}

export function toErrorMessage(error: unknown): ErrorMessage {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack } = error;
  const cause = error.cause === undefined ? undefined : toErrorMessage(error.cause);
  if (!ReluctantError.is(error)) return { message, stack, cause };
  return { message, stack, cause, code: error.code, issues: error.issues };
}

/** The error that `toErrorMessage` was given, with the stack of the thread where it arose. */
export function fromErrorMessage({ message, stack, code, issues, cause: inner }: ErrorMessage): Error {
  const cause = inner && fromErrorMessage(inner);
  const error = code ? new ReluctantError(code, message, { cause, issues }) : new Error(message, { cause });
  return Object.assign(error, { stack });
}
