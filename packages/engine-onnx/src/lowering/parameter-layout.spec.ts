import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oihwLayout, permutedLayout, tfjsLayout } from './parameter-layout.js';

const count = (length: number) => Float32Array.from({ length }, (_, i) => i);

describe('parameter layouts', () => {
  it('turns [height, width, in, out] into [out, in, height, width]', () => {
    const shape = [1, 2, 3, 2];
    expect(oihwLayout.dims(shape)).toEqual([2, 3, 1, 2]);
    // Element (0, w, i, o) is numbered 6w + 2i + o.
    expect([...oihwLayout.pack(count(12), shape)]).toEqual([0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]);
  });

  it('unpacks what was packed, for any permutation', () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
    const cases = shapes.chain((shape) =>
      fc.tuple(
        fc.constant(shape),
        fc.shuffledSubarray([...shape.keys()], { minLength: shape.length, maxLength: shape.length }),
      ),
    );
    fc.assert(
      fc.property(cases, ([shape, permutation]) => {
        const layout = permutedLayout(permutation);
        const data = count(shape.reduce((product, size) => product * size, 1));
        const packed = layout.pack(data, shape);
        expect([...packed].sort((a, b) => a - b)).toEqual([...data]);
        expect(layout.unpack(packed, shape)).toEqual(data);
      }),
    );
  });

  it("copies where the layout is tfjs's own", () => {
    const data = count(3);
    expect(tfjsLayout.pack(data, [3])).toEqual(data);
    expect(tfjsLayout.pack(data, [3])).not.toBe(data);
    expect(tfjsLayout.unpack(data, [3])).not.toBe(data);
  });
});
