import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { Emission } from '../lowering/emission.js';
import { convertLayout } from '../lowering/layout.js';
import { GraphBuilder } from '../onnx/graph-builder.js';
import { createGraphRunner } from '../runtime/graph-runner.js';
import { blockedDevice } from '../testing/blocked-device.js';
import { countByLine } from './count-by-line.js';

const device = await blockedDevice();
const units = device.block ?? 2;
const layouts = (['plain', 'blocked', 'positions'] as const).filter(
  (layout) => layout !== 'blocked' || device.block !== undefined,
);

describe('countByLine', () => {
  it.each(
    layouts.flatMap((layout) => [
      { layout, height: 2, width: 5 },
      { layout, height: 4, width: 3 },
    ]),
  )('counts along the shorter way across a $layout map, $height×$width', async ({ layout, height, width }) => {
    const images = 2;
    const dims = [images, units, height, width];
    const shape = [height, width, units];
    const marks = Float32Array.from({ length: images * units * height * width }, (_, i) => Number(Math.sin(i * i) > 0));
    const builder = new GraphBuilder();
    const emission = new Emission(builder, device, images, 'training', [], new Map());
    const value = convertLayout(emission, builder.input('x', dims), shape, 'plain', layout);
    const counted = countByLine(emission, { value, shape, layout });
    builder.output('rows', counted.value, counted.dims);
    const runner = await createGraphRunner(ort, builder.build(), { threads: 1, spinning: 0 });
    const { rows } = await runner.run({ x: new ort.Tensor('float32', marks, dims) }, { rows: null });
    await runner.release();

    const lines = Math.max(height, width);
    const expected = new Float32Array(images * lines * units);
    marks.forEach((mark, i) => {
      const [column, row] = [i % width, Math.floor(i / width) % height];
      const [unit, image] = [Math.floor(i / (height * width)) % units, Math.floor(i / (height * width * units))];
      expected[(image * lines + (height < width ? column : row)) * units + unit] += mark;
    });
    expect(rows.dims).toEqual([images, lines, units]);
    expect(rows.data).toEqual(expected);
  });
});
