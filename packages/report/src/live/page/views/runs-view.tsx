import { useSignal } from '@preact/signals';
import { label } from '../../../html/label.js';
import type { RunListItem } from '../../api.js';
import { formatAddress, runView, type View } from '../data/address.js';
import { distinctNames } from '../data/distinct-names.js';
import { runs } from '../data/live.js';
import { replaceView } from '../data/navigation.js';
import { searchRuns } from '../data/run-list.js';
import { Heading } from '../parts/heading.js';
import { RunFacts } from '../parts/run-facts.js';
import { RunNumbers } from '../parts/run-numbers.js';
import { RunProgress } from '../parts/run-progress.js';
import { SearchField } from '../parts/search-field.js';
import { StatusBadge } from '../parts/status-badge.js';

/** Runs listed before one asks for more. */
const AT_FIRST = 60;

/** All runs, the newest first; those that are picked can be compared. */
export function RunsView({ view }: { readonly view: Extract<View, { view: 'runs' }> }) {
  const most = useSignal(AT_FIRST);
  const all = runs.value;
  const found = all && searchRuns(all, view.search);
  const names = distinctNames(all ?? []);
  const toggle = (id: string, picked: boolean) =>
    replaceView({ ...view, picked: [...view.picked.filter((other) => other !== id), ...(picked ? [id] : [])] });
  return (
    <>
      <header class="subject">
        <Heading title="Runs">Runs</Heading>
        {found && (
          <p class="sub" role="status">
            {found.length === all.length ? `${all.length} in all` : `${found.length} of ${all.length}`}
          </p>
        )}
      </header>
      {all && all.length > 0 && (
        <div class="tools">
          <SearchField label="Search" value={view.search} onInput={(search) => replaceView({ ...view, search })} />
          <a class="button" href={formatAddress({ view: 'compare', runs: view.picked })}>
            Compare{' '}
            {view.picked.length === 0 ? 'runs' : view.picked.length === 1 ? '1 run' : `${view.picked.length} runs`}
          </a>
        </div>
      )}
      {!all && <p class="waiting">Waiting for the list of runs …</p>}
      {all?.length === 0 && <NoRuns />}
      {found?.length === 0 && all!.length > 0 && <p class="empty">No run matches “{label(view.search, 60)}”.</p>}
      <ul class="runs">
        {found?.slice(0, most.value).map((run) => (
          <RunCard
            key={run.id}
            run={run}
            name={names.get(run.id)!}
            picked={view.picked.includes(run.id)}
            onPick={(picked) => toggle(run.id, picked)}
          />
        ))}
      </ul>
      {found && found.length > most.value && (
        <button type="button" onClick={() => (most.value += AT_FIRST)}>
          Show more ({found.length - most.value} left)
        </button>
      )}
    </>
  );
}

interface RunCardProps {
  readonly run: RunListItem;
  readonly name: string;
  readonly picked: boolean;
  readonly onPick: (picked: boolean) => void;
}

function RunCard({ run, name, picked, onPick }: RunCardProps) {
  return (
    <li class="run">
      <input
        type="checkbox"
        checked={picked}
        aria-label={`Compare ${name}`}
        onChange={(event) => onPick(event.currentTarget.checked)}
      />
      <div class="name">
        <h2>
          <a href={formatAddress(runView(run.id))}>
            <bdi>{name}</bdi>
          </a>
        </h2>
        <RunFacts run={run} />
      </div>
      <div class="state">
        <StatusBadge run={run} />
        <RunProgress run={run} />
      </div>
      <RunNumbers run={run} />
    </li>
  );
}

function NoRuns() {
  return (
    <div class="empty">
      <p>There are no runs in this folder yet. Start one; it appears here by itself:</p>
      <pre>
        <code>reluctant run examples/textures-vgg.yaml</code>
      </pre>
    </div>
  );
}
