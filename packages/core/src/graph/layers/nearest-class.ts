/** What to build instead of a tfjs layer class that is not read, where something known does nearly the same. */
const ALTERNATIVES: Readonly<Record<string, string>> = {
  SeparableConv2D: 'Use Conv2D',
  DepthwiseConv2D: 'Use Conv2D',
  Conv1D: 'Use Conv2D on maps of height 1',
  PReLU: 'Use LeakyReLU, whose slope is fixed',
  ELU: 'Use LeakyReLU or ReLU',
  ThresholdedReLU: 'Use ReLU',
  GlobalMaxPooling1D: 'Use GlobalAveragePooling2D on maps of height 1',
  GlobalMaxPooling2D: 'Use GlobalAveragePooling2D',
  GlobalAveragePooling1D: 'Use GlobalAveragePooling2D on maps of height 1',
  MaxPooling1D: 'Use MaxPooling2D on maps of height 1',
  AveragePooling1D: 'Use AveragePooling2D on maps of height 1',
  LayerNormalization: 'Use BatchNormalization',
  AlphaDropout: 'Use Dropout',
  GaussianDropout: 'Use Dropout',
  GaussianNoise: 'Use Dropout, or add noise to the data',
  SpatialDropout1D: 'Use Dropout',
  Average: 'Use Add',
  Maximum: 'Use Add or Concatenate',
  Minimum: 'Use Add or Concatenate',
  Multiply: 'Use Add or Concatenate',
  Dot: 'Use Add or Concatenate',
  Rescaling: 'Scale the data before training',
  Resizing: 'Resize the data before training',
  CenterCrop: 'Crop the data before training',
  RandomHeight: 'Augment the data before training',
  RandomWidth: 'Augment the data before training',
};

/** Classes that nothing known comes near, by what they do. */
const NOTHING_NEAR: Readonly<Record<string, readonly string[]>> = {
  'recurrent layers': ['LSTM', 'GRU', 'SimpleRNN', 'RNN', 'ConvLSTM2D', 'Bidirectional', 'TimeDistributed'],
  'layers for token sequences': ['Embedding', 'Masking', 'RepeatVector', 'MultiHeadAttention', 'EinsumDense'],
  'layers that enlarge or cut maps': ['Conv2DTranspose', 'UpSampling2D', 'Cropping2D'],
  'volumes (3D maps)': ['Conv3D', 'Conv3DTranspose', 'MaxPooling3D', 'AveragePooling3D'],
};

/** A sentence without its full stop on what comes nearest to a class that is not read, or undefined for one never heard of. */
export function nearestClass(className: string): string | undefined {
  if (Object.hasOwn(ALTERNATIVES, className)) return ALTERNATIVES[className];
  const kind = Object.keys(NOTHING_NEAR).find((name) => NOTHING_NEAR[name].includes(className));
  return kind && `No known class comes near: ${kind} are not read`;
}
