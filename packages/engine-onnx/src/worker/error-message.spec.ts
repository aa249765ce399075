import { ReluctantError } from '@reluctant/core';
import { expect, it } from 'vitest';
import { fromErrorMessage, toErrorMessage } from './error-message.js';

const sent = (error: unknown) => fromErrorMessage(structuredClone(toErrorMessage(error)));

it('an error of ours arrives with its code, issues, stack and cause', () => {
  const issues = [{ path: 'a.b', message: 'is wrong' }];
  const error = new ReluctantError('DATASET_CORRUPT', 'no labels', { issues, cause: new RangeError('inner') });
  const arrived = sent(error);
  expect(arrived).toBeInstanceOf(ReluctantError);
  expect(arrived).toMatchObject({ code: 'DATASET_CORRUPT', message: 'no labels', issues, stack: error.stack });
  expect(arrived.cause).toMatchObject({ message: 'inner' });
});

it('another error arrives with message and stack, whatever hangs on it', () => {
  const error = Object.assign(new TypeError('odd'), { callback: () => undefined });
  const arrived = sent(error);
  expect(ReluctantError.is(arrived)).toBe(false);
  expect(arrived).toMatchObject({ message: 'odd', stack: error.stack });
});

it('what was thrown and is no error arrives as one', () => {
  expect(sent('text').message).toBe('text');
});
