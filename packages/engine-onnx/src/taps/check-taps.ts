import { ReluctantError, type ReluSite, type Tap } from '@reluctant/core';

/** Throws `ENGINE_UNSUPPORTED` naming the site for a tap that can't be computed. */
export function checkTaps(taps: readonly Tap[], sites: readonly ReluSite[]): void {
  const known = new Set(sites.map(({ name }) => name));
  for (const tap of taps) {
    if (!known.has(tap.site)) {
      throw new ReluctantError(
        'ENGINE_UNSUPPORTED',
        `A tap asks for "${tap.site}", which is no ReLU site of this network. Use one of ${[...known].join(', ')}.`,
      );
    }
    if (tap.at === 'gradient' && tap.on === 'probe-split') {
      throw new ReluctantError(
        'ENGINE_UNSUPPORTED',
        `A tap asks for gradients at "${tap.site}" on the probe split, where the onnx engine runs forward only. ` +
          'Take them on the training step.',
      );
    }
  }
}
