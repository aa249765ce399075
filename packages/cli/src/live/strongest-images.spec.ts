import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StrongestImages } from './strongest-images.js';

const output = fc.oneof(fc.constantFrom(0, -1, NaN, 1, 2), fc.float({ min: 0, max: 4, noNaN: true }));

it('keeps what sorting puts first', () => {
  const images = fc.array(fc.tuple(output, output), { maxLength: 40 });
  fc.assert(
    fc.property(images, fc.integer({ min: 1, max: 5 }), (all, kept) => {
      const strongest = new StrongestImages(2, kept);
      for (const [image, outputs] of all.entries()) strongest.add(image, image % 3, Float32Array.from(outputs));
      const expected = [0, 1].map((unit) =>
        all
          .map((outputs, image) => ({ image, label: image % 3, output: outputs[unit] }))
          .filter((item) => item.output > 0)
          .sort((a, b) => b.output - a.output || a.image - b.image)
          .slice(0, kept),
      );
      expect([strongest.of(0), strongest.of(1)]).toEqual(expected);
      expect(strongest.images).toEqual(new Set(expected.flat().map(({ image }) => image)));
    }),
  );
});
