import { ReluctantError } from '../errors.js';
import type { ReluSite } from '../graph/network.js';
import { isGradient, type Tap } from '../probe/tap.js';

/** Throws `ENGINE_UNSUPPORTED` naming the site for a tap that no engine can compute: at no site, a gradient without training, or a
 * number for each image or level of training. */
export function requireComputableTaps(taps: readonly Tap[], sites: readonly ReluSite[]): void {
  const names = new Set(sites.map((site) => site.name));
  for (const { site, at, on, statistics } of taps) {
    if (!names.has(site)) {
      const known = [...names].join(', ') || 'none';
      throw new ReluctantError(
        'ENGINE_UNSUPPORTED',
        `Tap at "${site}": no such ReLU site. The network's sites: ${known}.`,
      );
    }
    if (isGradient(at) && on === 'probe-split') {
      throw new ReluctantError(
        'ENGINE_UNSUPPORTED',
        `Tap at "${site}": gradients exist in training only. Take them on "training-step".`,
      );
    }
    if (statistics.includes('firedPerImage') && on === 'training-step') {
      throw new ReluctantError(
        'ENGINE_UNSUPPORTED',
        `Tap at "${site}": a number for each image is kept on the probe split only. Take "firedPerImage" on "probe-split".`,
      );
    }
    if (statistics.includes('exceedances') && on === 'training-step') {
      throw new ReluctantError(
        'ENGINE_UNSUPPORTED',
        `Tap at "${site}": levels are counted on the probe split only. Take "exceedances" of activations or pre-activations on "probe-split".`,
      );
    }
  }
}
