import { refuseChannelsFirst, unsupported, type LayerReader } from './layer-call.js';

const add: LayerReader = (call) => {
  const shapes = call.inputShapes.map((shape) => shape.join('×'));
  if (new Set(shapes).size > 1)
    throw unsupported(call, `inputs of different shapes (${shapes.join(', ')}) are not added`);
  return [{ op: 'add' }];
};

const concatenate: LayerReader = (call) => {
  const axis = Number(call.config.axis ?? -1);
  if (axis !== -1 && axis !== call.outputShape.length) throw unsupported(call, 'only the last axis is concatenated');
  return [{ op: 'concatenate' }];
};

const flatten: LayerReader = (call) => {
  refuseChannelsFirst(call);
  return call.inputShapes[0].length === 1 ? [] : [{ op: 'flatten' }];
};

const reshape: LayerReader = (call) => {
  if (call.outputShape.length !== 1) throw unsupported(call, 'only a reshape to a vector is read');
  return flatten(call);
};

const zeroPadding: LayerReader = (call) => {
  refuseChannelsFirst(call);
  const [[top, bottom], [left, right]] = call.config.padding as unknown as [[number, number], [number, number]];
  return [{ op: 'zeroPad', padding: { top, bottom, left, right } }];
};

const dropout: LayerReader = (call) => {
  if (call.config.noiseShape != null) throw unsupported(call, 'noiseShape is not read');
  const rate = Number(call.config.rate);
  if (rate >= 1) throw unsupported(call, 'a rate of 1 would drop everything');
  return rate === 0 ? [] : [{ op: 'dropout', rate }];
};

export const structuralReaders: Readonly<Record<string, LayerReader>> = {
  Add: add,
  Concatenate: concatenate,
  Flatten: flatten,
  Reshape: reshape,
  ZeroPadding2D: zeroPadding,
  Dropout: dropout,
};
