import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { formatCount, plural } from '../../../html/format.js';
import type { TransitionList } from '../../api.js';

type Counts = Pick<TransitionList, 'bornDead' | 'died' | 'revived'>;

/** Milliseconds between two announcements: what is read out must not drown what else is read. */
const ANNOUNCED_EVERY = 10_000;

/** How many units were born dead, died and revived; changes are announced now and then. */
export function TransitionCounts({ counts }: { readonly counts: Counts }) {
  const announcement = useSignal('');
  const latest = useRef(counts);
  latest.current = counts;
  useEffect(() => {
    let announced = latest.current;
    const timer = setInterval(() => {
      const news = newsOf(announced, latest.current);
      if (news === '') return;
      announced = latest.current;
      announcement.value = news;
    }, ANNOUNCED_EVERY);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <dl class="numbers">
        {(
          [
            ['born dead', counts.bornDead],
            ['died', counts.died],
            ['revived', counts.revived],
          ] as const
        ).map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
      <p class="unseen" role="status">
        {announcement}
      </p>
    </>
  );
}

function newsOf(before: Counts, now: Counts): string {
  const parts = [
    ...(now.died > before.died ? [`${plural(now.died - before.died, 'unit')} died`] : []),
    ...(now.revived > before.revived ? [`${plural(now.revived - before.revived, 'unit')} revived`] : []),
  ];
  return parts.length > 0 ? `${parts.join(', ')}.` : '';
}
