import { formatEpoch } from '../../../html/format.js';
import { label } from '../../../html/label.js';
import type { Transition } from '../../api.js';
import { formatAddress } from '../data/address.js';

const VERBS: Record<Transition['type'], string> = {
  'unit.born-dead': 'born dead',
  'unit.died': 'died',
  'unit.revived': 'revived',
};

interface TransitionsProps {
  readonly run: string;
  readonly transitions: readonly Transition[];
}

/** Births, deaths and revivals, each with a link to its unit. */
export function Transitions({ run, transitions }: TransitionsProps) {
  return (
    <ol class="transitions">
      {transitions.map(({ seq, type, site, unit, epoch }) => (
        <li key={seq} class={type.replace('unit.', '')}>
          <span class="verb">{VERBS[type]}</span>
          <a href={formatAddress({ view: 'unit', run, site, unit })}>
            <bdi>{label(site, 40)}</bdi> unit {unit}
          </a>
          <span class="when">epoch {formatEpoch(epoch)}</span>
        </li>
      ))}
    </ol>
  );
}
