import { ReluctantError, type NetworkGraph } from '@reluctant/core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** Numbers of whole examples one after another, row-major. */
export type Values = Float32Array | Float64Array | Int32Array | Uint8Array | readonly number[];

/** Inputs of a network: a tensor [images, …], or numbers, with the shape [images, …] where it should be checked. */
export type Inputs = Tensor | Values | { readonly data: Values; readonly shape: readonly number[] };

/** One class index an image, or a one-hot tensor [images, classes]. */
export type Labels = Tensor | Int32Array | Uint8Array | readonly number[];

/** Images with their labels. Tensors stay the caller's: they are read, not disposed. */
export interface Examples {
  readonly x: Inputs;
  readonly y: Labels;
}

/** Examples as engines take them: `x` [count, …] and one class index each. */
export interface ExampleArrays {
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Int32Array;
}

/** What a network takes and gives. */
export interface Signature {
  /** Of one image, e.g. [H, W, C]. */
  readonly inputShape: readonly number[];
  readonly classes: number;
}

export function signatureOf({ nodes, input, output }: NetworkGraph): Signature {
  const shapeOf = (name: string) => nodes.find((node) => node.name === name)!.shape;
  return { inputShape: shapeOf(input), classes: shapeOf(output).at(-1)! };
}

/**
 * Reads and checks examples. Throws `DATASET_CORRUPT` for none at all, another shape than the network's, numbers that are not
 * finite, labels that are no class, rows that are not one-hot, and unequal numbers of images and labels.
 *
 * @param what names the examples in messages: "training data", "validation data", "batch 3"
 */
export async function readExamples(examples: Examples, signature: Signature, what: string): Promise<ExampleArrays> {
  if (![examples?.x, examples?.y].every((part) => typeof part === 'object' && part !== null)) {
    throw corrupt(what, 'needs both x (images) and y (labels), as tensors or arrays');
  }
  const { count, x } = await readInputs(examples.x, signature, what);
  const y = await readLabels(examples.y, signature, what);
  if (y.length !== count) throw corrupt(what, `x has ${count} images, y has ${y.length} labels`);
  return { count, x, y };
}

async function readInputs(inputs: Inputs, { inputShape }: Signature, what: string) {
  const pixels = inputShape.reduce((product, extent) => product * extent, 1);
  const { data, shape } = await valuesOf(inputs);
  const expected = `[images, ${inputShape.join(', ')}]`;
  if (shape && shape.slice(1).join() !== inputShape.join()) {
    throw corrupt(what, `x has the shape [${shape.join(', ')}], the model takes ${expected}`);
  }
  const count = shape ? shape[0] : data.length / pixels;
  if (!Number.isInteger(count) || data.length !== count * pixels) {
    const given = shape ? `does not fill its shape [${shape.join(', ')}]` : `is no whole number of images ${expected}`;
    throw corrupt(what, `x with ${data.length} numbers ${given}`);
  }
  if (count === 0) throw corrupt(what, 'x is empty');
  // A copy always: engines may take a batch's memory over.
  const x = new Float32Array(data);
  for (let i = 0; i < x.length; i++) {
    if (Number.isFinite(x[i])) continue;
    throw corrupt(what, `image ${Math.floor(i / pixels)} of x holds ${data[i]}; every number must be a finite float32`);
  }
  return { count, x };
}

async function readLabels(labels: Labels, { classes }: Signature, what: string): Promise<Int32Array> {
  const { data, shape } = await valuesOf(labels);
  const oneHot = shape?.length === 2 && shape[1] === classes && classes > 1;
  if (shape && shape.length !== 1 && !oneHot) {
    const expected = `[images] (class indices) or [images, ${classes}] (one-hot)`;
    throw corrupt(what, `y has the shape [${shape.join(', ')}], the model takes ${expected}`);
  }
  const indices = oneHot ? fromOneHot(data, classes, what) : data;
  for (let image = 0; image < indices.length; image++) {
    const label = indices[image];
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw corrupt(what, `label ${label} of image ${image} is none of the model's classes, 0 to ${classes - 1}`);
    }
  }
  return Int32Array.from(indices);
}

function fromOneHot(rows: ArrayLike<number>, classes: number, what: string): number[] {
  return Array.from({ length: rows.length / classes }, (_, image) => {
    const row = Array.from({ length: classes }, (_, label) => rows[image * classes + label]);
    const label = row.indexOf(1);
    if (label < 0 || row.some((value, other) => other !== label && value !== 0)) {
      throw corrupt(what, `row ${image} of y is not one-hot: one 1, all else 0`);
    }
    return label;
  });
}

/** A tensor's numbers and shape; a tensor of another copy of tfjs is one as well. */
async function valuesOf(source: Inputs | Labels): Promise<{ data: Values; shape?: readonly number[] }> {
  if (isTensor(source)) return { data: await source.data(), shape: source.shape };
  return 'data' in source ? source : { data: source };
}

function isTensor(source: object): source is Tensor {
  return 'shape' in source && 'data' in source && typeof source.data === 'function';
}

function corrupt(what: string, problem: string): ReluctantError {
  return new ReluctantError('DATASET_CORRUPT', `fit's ${what}: ${problem}.`);
}
