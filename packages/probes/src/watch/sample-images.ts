import { evaluateTaps, ReluctantError, TapWindows, type Network, type Tap, type TapSample } from '@reluctant/core';
import { slice, type Tensor } from '@tensorflow/tfjs-core';

/** Elements of a unit in one batch up to which every backend counts exactly. */
const MOST_ELEMENTS = 2 ** 24;

/**
 * The samples of `taps` over all images `x` in evaluation mode, `batchSize` at a time or fewer, so that counts are exact.
 * @throws ReluctantError `CONFIG_INVALID` where `x` has been disposed of, `RUN_DIVERGED` where a pre-activation is NaN
 */
export async function sampleImages(
  network: Network,
  taps: readonly Tap[],
  x: Tensor,
  { batchSize, step, epoch }: { readonly batchSize: number; readonly step: number; readonly epoch: number },
): Promise<readonly TapSample[]> {
  if (taps.length === 0) return [];
  const windows = new TapWindows(taps, 'probe-split', network.sites);
  const mostPositions = Math.max(...network.sites.map(({ positions }) => positions));
  const most = Math.max(1, Math.min(batchSize, Math.floor(MOST_ELEMENTS / mostPositions)));
  for (let start = 0; start < x.shape[0]; start += most) {
    if (x.isDisposed) {
      throw new ReluctantError('CONFIG_INVALID', 'watch: the data have been disposed of. Keep them while you measure.');
    }
    const images = Math.min(most, x.shape[0] - start);
    const batch: Tensor = slice(x, start, images);
    try {
      windows.add(await evaluateTaps(network, taps, batch), images);
    } finally {
      batch.dispose();
    }
  }
  return windows.drain({ step, epoch });
}
