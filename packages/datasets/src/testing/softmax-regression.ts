import { Random, type Batch } from '@reluctant/core';

/** Multinomial logistic regression on the pixels: the best that a linear model does, for comparison. */
export class SoftmaxRegression {
  private readonly weights: Float64Array;
  private readonly biases: Float64Array;

  constructor(
    private readonly features: number,
    classes: number,
  ) {
    this.weights = new Float64Array(classes * features);
    this.biases = new Float64Array(classes);
  }

  /** Stochastic gradient descent on the cross-entropy, image by image in random order, with step size rate / (1 + epoch). */
  train({ size, x, y }: Batch, epochs: number, rate: number): void {
    const order = Uint32Array.from({ length: size }, (_, i) => i);
    for (let epoch = 0; epoch < epochs; epoch++) {
      new Random(1, 'regression', epoch).shuffle(order);
      for (const image of order) {
        const input = x.subarray(image * this.features, (image + 1) * this.features);
        const logits = this.logits(input);
        const largest = Math.max(...logits);
        const exponentials = logits.map((logit) => Math.exp(logit - largest));
        const total = exponentials.reduce((sum, value) => sum + value, 0);
        exponentials.forEach((value, label) => {
          const step = (rate / (1 + epoch)) * (value / total - Number(label === y[image]));
          const row = this.row(label);
          for (let i = 0; i < row.length; i++) row[i] -= step * input[i];
          this.biases[label] -= step;
        });
      }
    }
  }

  /** Share of images whose largest logit is the label's. */
  accuracy({ size, x, y }: Batch): number {
    let correct = 0;
    for (let image = 0; image < size; image++) {
      const logits = this.logits(x.subarray(image * this.features, (image + 1) * this.features));
      if (logits.indexOf(Math.max(...logits)) === y[image]) correct++;
    }
    return correct / size;
  }

  private logits(input: Float32Array): number[] {
    return Array.from(this.biases, (bias, label) => {
      const row = this.row(label);
      let sum = bias;
      for (let i = 0; i < row.length; i++) sum += row[i] * input[i];
      return sum;
    });
  }

  private row(label: number): Float64Array {
    return this.weights.subarray(label * this.features, (label + 1) * this.features);
  }
}
