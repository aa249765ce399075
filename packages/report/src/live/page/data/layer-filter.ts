import type { ActivationByDepth, ActivationOverEpochs, NeverFiredOverEpochs } from '../../api.js';

/** Whether the name of a layer contains what was typed, in any case. */
export function isShown(site: string, filter: string): boolean {
  return site.toLowerCase().includes(filter.trim().toLowerCase());
}

/** The layers that are shown, with the mean over their units; undefined where there are none. */
export function shownByDepth(activation: ActivationByDepth, filter: string): ActivationByDepth | undefined {
  const layers = activation.layers.filter(({ site }) => isShown(site.name, filter));
  if (layers.length === activation.layers.length) return activation;
  const all = layers.flatMap(({ pr }) => pr);
  if (all.length === 0) return undefined;
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return { ...activation, layers, units: all.length, mean };
}

export function shownOverEpochs(activation: ActivationOverEpochs, filter: string): ActivationOverEpochs | undefined {
  const layers = activation.layers.filter(({ site }) => isShown(site.name, filter));
  return layers.length > 0 ? { ...activation, layers } : undefined;
}

export function shownNeverFired(neverFired: NeverFiredOverEpochs, filter: string): NeverFiredOverEpochs | undefined {
  const layers = neverFired.layers.filter(({ site }) => isShown(site, filter));
  return layers.length > 0 && neverFired.epochs.length > 0 ? { ...neverFired, layers } : undefined;
}
