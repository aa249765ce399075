import { formatCount, plural } from '../../html/format.js';
import { label } from '../../html/label.js';
import { markup } from '../../html/markup.js';
import type { Section } from '../../sections/section.js';
import type { StudyResults } from '../study-results.js';

/** How the study was made, and how its numbers are to be read. */
export function studySection({ provenance }: StudyResults): Section {
  const { command, seeds, jobs, seconds, parallel, threads, machines, engines, versions, data } = provenance;
  const lines: readonly (readonly [string, string])[] = [
    ['Command', command],
    [
      'Jobs',
      `${formatCount(jobs)}, ${formatCount(parallel)} at once of ${plural(threads, 'thread')} each; seeds ${seeds.join(', ')}`,
    ],
    ['Time', `${duration(seconds)} in which at least one job was recording`],
    ['Machine', machines.join('; ')],
    ['Engine', engines.join('; ')],
    ['Versions', versions.join('; ')],
    ['Data', data.join('; ')],
  ];
  return {
    id: 'study',
    title: 'How it was made',
    body: markup`<dl class="terms">
        ${lines.map(
          ([term, text]) =>
            markup`<dt>${term}</dt>
              <dd><bdi>${label(text || '–', 1000)}</bdi></dd>`,
        )}
      </dl>
      <p>
        Runs of several seeds are the replicates: a seed draws the weights and the order of the images. Layers of one network are not independent of each
        other, and images tell only how exactly one network is known; neither makes an interval narrower here. Runs of one seed share what they can: the same weights where the
        networks have the same shapes, the same batches. Several findings and many arms are looked at, and no interval is corrected for that: one in twenty misses by chance. All Pr[y&gt;0] are of the
        probe split in evaluation mode; a layer’s is the mean over its units, a network’s the mean over its layers.
      </p>`,
  };
}

/** `1 h 02 min`. */
function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
