import { z } from 'zod';
import { ReluctantError } from '../errors.js';
import type { ReluSite } from '../graph/network.js';
import { didYouMean } from '../plugin/plugin-registry.js';

/** The option by which a probe or an intervention is confined to some of the network's ReLU sites. */
export const sitesSchema = z
  .union([z.literal('all'), z.array(z.string()).min(1)])
  .default('all')
  .describe('Which ReLUs: all, or a list of names of sites or of layers (every call of the layer)');

export type SiteSelection = z.infer<typeof sitesSchema>;

/**
 * The selected sites, in the network's order. A name selects every site that has it as its own name or as its layer's.
 * @throws ReluctantError `CONFIG_INVALID` for a name that no site and no layer has, with the nearest spelling
 */
export function observedSites(sites: readonly ReluSite[], selection: SiteSelection): readonly ReluSite[] {
  if (selection === 'all') return sites;
  const known = new Set(sites.flatMap((site) => [site.name, site.layer]));
  for (const name of selection) {
    if (known.has(name)) continue;
    const names = [...known];
    const parts = [`No ReLU is called "${name}".`, didYouMean(name, names), `Known: ${names.join(', ')}.`];
    throw new ReluctantError('CONFIG_INVALID', parts.filter(Boolean).join(' '));
  }
  return sites.filter((site) => selection.includes(site.name) || selection.includes(site.layer));
}
