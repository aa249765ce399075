import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NamedArrays } from '../engine/named-arrays.js';
import { expectReluctantError } from '../testing/expect-reluctant-error.js';
import { StateEdit } from './state-edit.js';

const array = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) });
const state = (): NamedArrays => ({
  'a/kernel': array(1, 2, 3),
  'b/a/kernel': array(4, 5, 6),
  'a/movingMean': array(7),
  'optimizer/firstMoment/a/kernel': array(0.1, 0.2, 0.3),
  'optimizer/secondMoment/a/kernel': array(0.4, 0.5, 0.6),
  'optimizer/firstMoment/b/a/kernel': array(0.7, 0.8, 0.9),
});

describe('StateEdit', () => {
  it('sets an entry, clears its slots, and returns the arrays that this changes, whole', () => {
    const original = state();
    const edit = new StateEdit(original);
    edit.set('a/kernel', 1, 9);
    edit.set('a/movingMean', 0, 0);
    expect(edit.changes).toEqual({
      'a/kernel': array(1, 9, 3),
      'optimizer/firstMoment/a/kernel': array(0.1, 0, 0.3),
      'optimizer/secondMoment/a/kernel': array(0.4, 0, 0.6),
      'a/movingMean': array(0),
    });
    expect(original).toEqual(state());
  });

  it('leaves every other entry bit for bit as it was', () => {
    fc.assert(
      fc.property(fc.float32Array({ minLength: 1, maxLength: 8 }), fc.nat(7), fc.float(), (values, at, value) => {
        const entry = at % values.length;
        const edit = new StateEdit({ w: { shape: [values.length], data: values } });
        edit.set('w', entry, value);
        const expected = values.slice();
        expected[entry] = value;
        expect(new Uint32Array(edit.changes.w.data.buffer)).toEqual(new Uint32Array(expected.buffer));
      }),
    );
  });

  it.each([
    ['c/kernel', 0, /no parameter "c\/kernel"/],
    ['toString', 0, /no parameter/],
    ['a/kernel', 3, /no entry 3: it holds 3/],
    ['a/kernel', -1, /no entry -1/],
    ['a/kernel', NaN, /no entry NaN/],
  ])('refuses %s[%d]', async (parameter, entry, message) => {
    const set = async () => new StateEdit(state()).set(parameter, entry, 1);
    expect((await expectReluctantError(set(), 'PLUGIN_INVALID')).message).toMatch(message);
  });
});
