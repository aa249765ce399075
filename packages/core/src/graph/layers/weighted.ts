import { activationOperations } from './activation.js';
import { refuseChannelsFirst, requiredParameter, unsupported, type LayerReader } from './layer-call.js';
import { pair, resolvePadding } from './windows.js';

const conv2d: LayerReader = (call) => {
  refuseChannelsFirst(call);
  const size = pair(call.config.kernelSize);
  const strides = pair(call.config.strides);
  const dilation = pair(call.config.dilationRate);
  return [
    {
      op: 'conv2d',
      kernel: requiredParameter(call, 'kernel'),
      bias: call.parameter('bias'),
      strides,
      dilation,
      padding: resolvePadding(call, call.inputShapes[0], { size, strides, dilation }),
    },
    ...activationOperations(call, call.config.activation),
  ];
};

const dense: LayerReader = (call) => {
  if (call.inputShapes[0].length !== 1)
    throw unsupported(call, 'only vectors are taken; put a Flatten layer before it');
  return [
    { op: 'dense', kernel: requiredParameter(call, 'kernel'), bias: call.parameter('bias') },
    ...activationOperations(call, call.config.activation),
  ];
};

const batchNormalization: LayerReader = (call) => {
  const axis = Number(call.config.axis ?? -1);
  const rank = call.inputShapes[0].length;
  if (axis !== -1 && axis !== rank) throw unsupported(call, 'only the last axis is normalised');
  return [
    {
      op: 'batchNorm',
      gamma: call.parameter('gamma'),
      beta: call.parameter('beta'),
      movingMean: requiredParameter(call, 'movingMean'),
      movingVariance: requiredParameter(call, 'movingVariance'),
      epsilon: Number(call.config.epsilon),
      momentum: Number(call.config.momentum),
    },
  ];
};

export const weightedReaders: Readonly<Record<string, LayerReader>> = {
  Conv2D: conv2d,
  Dense: dense,
  BatchNormalization: batchNormalization,
};
