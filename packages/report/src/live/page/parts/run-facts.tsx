import { label } from '../../../html/label.js';
import type { RunListItem } from '../../api.js';
import { formatMoment } from '../data/moment.js';

/** What was trained, on what, and when. */
export function RunFacts({ run }: { readonly run: RunListItem }) {
  const facts = [run.architecture, run.dataset].filter((fact) => fact !== null).map((fact) => label(fact, 40));
  return (
    <p class="sub">
      <bdi>{[...facts, `seed ${run.seed}`, formatMoment(run.createdAt)].join(' · ')}</bdi>
    </p>
  );
}
