import { pad, serialization, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { Operation } from './graph.js';
import type { SelfDescribingLayer } from './layers/read-layer.js';

export interface PadChannelsOptions {
  readonly before: number;
  readonly after: number;
  readonly name?: string;
}

/**
 * Adds channels of zeros: [H, W, C] → [H, W, before + C + after]. The parameter-free shortcut of He et al. 2016 (option A)
 * is this after a strided 1×1 average pool.
 */
export class PadChannels extends layers.Layer implements SelfDescribingLayer {
  static readonly className = 'PadChannels';
  private readonly before: number;
  private readonly after: number;

  constructor(options: PadChannelsOptions) {
    super(options.name === undefined ? {} : { name: options.name });
    this.before = options.before;
    this.after = options.after;
  }

  describeOperation(): Operation {
    return { op: 'padChannels', before: this.before, after: this.after };
  }

  override computeOutputShape(inputShape: (number | null)[]): (number | null)[] {
    const channels = inputShape[inputShape.length - 1]!;
    return [...inputShape.slice(0, -1), this.before + channels + this.after];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const spared = Array.from({ length: x.rank - 1 }, (): [number, number] => [0, 0]);
      return pad(x, [...spared, [this.before, this.after]]);
    });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), before: this.before, after: this.after };
  }
}
