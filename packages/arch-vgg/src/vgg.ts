import { readNetwork, ReluctantError, type Architecture, type InitializerFactory, type Task } from '@reluctant/core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { VGG_LAYOUTS, type LayoutItem } from './layouts.js';
import { vggOptionsSchema, type VggOptions } from './options.js';

type Layer = InstanceType<typeof layers.Layer>;

/**
 * VGG with a head for small images: the feature maps are flattened and classified by one dense layer, or by the hidden dense
 * layers of `head` before it. Convolutions keep their bias under batch normalisation, as the published parameter counts do.
 *
 * Layers are named by kind and order (`conv1`, `bn1`, `relu1`, `pool1`, …, `flatten`, `dense1`, `dropout1`, `logits`); ReLUs are
 * counted through the head, so `reluN` is the site of depth N. Throws `CONFIG_INVALID` where the image is too small for the
 * poolings.
 */
export const vgg: Architecture<VggOptions> = {
  kind: 'vgg',
  summary: 'VGG-11, 13, 16, 19 or any stack of 3×3 convolutions and max poolings (Simonyan & Zisserman 2015)',
  options: vggOptionsSchema,
  build(options, task, initializers) {
    const layout = scaledLayout(options);
    requireRoomForPoolings(layout, task.inputShape);
    const image = input({ shape: [...task.inputShape], name: 'input' });
    const stack = [...featureLayers(layout, options, initializers), ...headLayers(layout, options, task, initializers)];
    const logits = stack.reduce<SymbolicTensor>((x, layer) => layer.apply(x) as SymbolicTensor, image);
    return readNetwork(model({ inputs: image, outputs: logits, name: 'vgg' }));
  },
};

function scaledLayout({ layout, width }: VggOptions): readonly LayoutItem[] {
  const items: readonly LayoutItem[] = typeof layout === 'string' ? VGG_LAYOUTS[layout] : layout;
  return items.map((item) => (item === 'M' ? item : Math.max(1, Math.round(item * width))));
}

function requireRoomForPoolings(layout: readonly LayoutItem[], [height, width]: Task['inputShape']): void {
  const poolings = layout.filter((item) => item === 'M').length;
  const room = 31 - Math.clz32(Math.min(height, width));
  if (poolings > room) {
    throw new ReluctantError(
      'CONFIG_INVALID',
      `The layout halves the image ${poolings} times, but ${height}×${width} images can be halved only ${room} times. ` +
        `Give a list with at most ${room} "M", e.g. layout: [64, "M", 128, "M"].`,
    );
  }
}

function featureLayers(
  layout: readonly LayoutItem[],
  { batchNorm }: VggOptions,
  initializers: InitializerFactory,
): readonly Layer[] {
  let convolutions = 0;
  let poolings = 0;
  return layout.flatMap((item): Layer[] => {
    if (item === 'M') return [layers.maxPooling2d({ poolSize: 2, strides: 2, name: `pool${++poolings}` })];
    const n = ++convolutions;
    const name = `conv${n}`;
    return [
      layers.conv2d({ filters: item, kernelSize: 3, padding: 'same', name, ...initializers.layer(name) }),
      ...(batchNorm ? [layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5, name: `bn${n}` })] : []),
      layers.reLU({ name: `relu${n}` }),
    ];
  });
}

function headLayers(
  layout: readonly LayoutItem[],
  { head, dropout }: VggOptions,
  { classes }: Task,
  initializers: InitializerFactory,
): readonly Layer[] {
  const convolutions = layout.filter((item) => item !== 'M').length;
  const dropoutLayer = (n: number): Layer[] =>
    dropout > 0 ? [layers.dropout({ rate: dropout, name: `dropout${n}` })] : [];
  return [
    layers.flatten({ name: 'flatten' }),
    ...(head.length === 0 ? dropoutLayer(1) : []),
    ...head.flatMap((units, i) => {
      const name = `dense${i + 1}`;
      return [
        layers.dense({ units, name, ...initializers.layer(name) }),
        layers.reLU({ name: `relu${convolutions + i + 1}` }),
        ...dropoutLayer(i + 1),
      ];
    }),
    layers.dense({ units: classes, name: 'logits', ...initializers.layer('logits') }),
  ];
}
