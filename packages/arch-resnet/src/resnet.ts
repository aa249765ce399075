import { readNetwork, ReluctantError, type Architecture, type Task } from '@reluctant/core';
import { input, layers, model } from '@tensorflow/tfjs-layers';
import { apply, basicBlock, convolve, type BlockStyle } from './basic-block.js';
import { resnetOptionsSchema, type ResnetOptions } from './options.js';
import { resnetPlan } from './resnet-plan.js';

/**
 * ResNet of basic blocks (He et al. 2016, arXiv 1512.03385) for small images: a 3×3 stem, stages of which all but the first halve
 * the map and double the channels, global average pooling and one dense layer.
 *
 * ReLUs are named `stem_relu`, `stage1_block1_relu1` (inside the block), `stage1_block1_relu2` (after the addition
 * `stage1_block1_add`), …, and the last layer `logits`. Throws `CONFIG_INVALID` where the image is too small for the stages.
 */
export const resnet: Architecture<ResnetOptions> = {
  kind: 'resnet',
  summary: 'ResNet-20 to 110 for small images, ResNet-18 and 34, with or without skip connections (He et al. 2016)',
  options: resnetOptionsSchema,
  build(options, task, initializers) {
    const { blocks, width, shortcut } = resnetPlan(options);
    requireRoomForStages(blocks.length, task.inputShape);
    const style: BlockStyle = { shortcut, skips: options.skips, batchNorm: options.batchNorm, initializers };

    const image = input({ shape: [...task.inputShape], name: 'input' });
    const stem = convolve(image, style, { prefix: 'stem_', filters: width, kernelSize: 3, strides: 1 });
    let x = apply(layers.reLU({ name: 'stem_relu' }), stem);
    for (const [stage, count] of blocks.entries()) {
      for (let block = 0; block < count; block++) {
        x = basicBlock(x, style, {
          prefix: `stage${stage + 1}_block${block + 1}_`,
          filters: width * 2 ** stage,
          strides: stage > 0 && block === 0 ? 2 : 1,
        });
      }
    }
    const pooled = apply(layers.globalAveragePooling2d({ name: 'pool' }), x);
    const classifier = layers.dense({ units: task.classes, name: 'logits', ...initializers.layer('logits') });
    return readNetwork(model({ inputs: image, outputs: apply(classifier, pooled), name: 'resnet' }));
  },
};

function requireRoomForStages(stages: number, [height, width]: Task['inputShape']): void {
  const least = 2 ** (stages - 1);
  if (Math.min(height, width) < least) {
    throw new ReluctantError(
      'CONFIG_INVALID',
      `The ${stages} stages halve the image ${stages - 1} times and need at least ${least}×${least} pixels; ` +
        `these images have ${height}×${width}. Give larger images or another architecture.`,
    );
  }
}
