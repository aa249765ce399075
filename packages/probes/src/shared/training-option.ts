import type { TapSeries } from '@reluctant/core';
import { z } from 'zod';

/** The option that adds the in-training series to that of the probe split. */
export function trainingSchema(byDefault: boolean) {
  return z
    .boolean()
    .default(byDefault)
    .describe('Also measure on the training batches, in training mode: a series of its own, while the weights move');
}

/** The series that a probe with this option asks for. */
export function seriesOf(options: { readonly training: boolean }): readonly TapSeries[] {
  return options.training ? ['probe-split', 'training-step'] : ['probe-split'];
}
