import type { LegendEntry } from '../../../charts/chart.js';
import { swatch } from '../../../html/swatch.js';

/** How a chart draws something, as a small picture. */
export function Swatch({ entry }: { readonly entry: Pick<LegendEntry, 'colour' | 'mark'> }) {
  // The markup is made of the charts' own constants, never of a run's text.
  return <span class="swatch" dangerouslySetInnerHTML={{ __html: swatch({ label: '', ...entry }).text }} />;
}
