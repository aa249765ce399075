import {
  predictSplit,
  unitMaskName,
  type NamedArray,
  type NamedArrays,
  type PredictionOptions,
  type RecordedNetwork,
} from '@reluctant/core';
import type { PredictWithout } from '@reluctant/probes';

/** Predicts without some units: by masks, which the network has behind every one of `sites`. */
export async function predictWithout(
  { session, dataset, network }: RecordedNetwork,
  options: PredictionOptions,
): Promise<PredictWithout> {
  const state = await session.readState();
  const sites = network.sites.filter(({ name }) => unitMaskName(name) in state);
  return async (removed, split) => {
    const masks: Record<string, NamedArray> = {};
    for (const { name, units } of sites) {
      const data = new Float32Array(units).fill(1);
      for (const unit of removed.get(name) ?? []) data[unit] = 0;
      masks[unitMaskName(name)] = { shape: [units], data };
    }
    const masked: NamedArrays = { ...state, ...masks };
    await session.writeState(masked);
    return predictSplit(session, split === 'probe' ? dataset.probe : dataset.test, options);
  };
}
