import { connection } from './data/live.js';
import { ALL_RUNS, formatAddress, type View } from './data/address.js';
import type { ConnectionState } from './data/event-stream.js';
import { view } from './data/navigation.js';
import { Heading } from './parts/heading.js';
import { CompareView } from './views/compare-view.js';
import { RunView } from './views/run-view.js';
import { RunsView } from './views/runs-view.js';
import { UnitView } from './views/unit-view.js';

/** The whole page: where one is, what the address says, and how the connection is. */
export function App() {
  const shown = view.value;
  const skip = (event: MouseEvent) => {
    // The address is the page's own, so the link only moves the focus.
    event.preventDefault();
    document.getElementById('content')!.focus();
  };
  return (
    <>
      <a class="skip" href="#content" onClick={skip}>
        Skip to content
      </a>
      <header class="bar">
        <nav aria-label="Views">
          <a class="mark" href={formatAddress(ALL_RUNS)}>
            Reluctant
          </a>
          <NavLink to={ALL_RUNS} current={shown.view === 'runs'} name="Runs" />
          <NavLink to={{ view: 'compare', runs: compared(shown) }} current={shown.view === 'compare'} name="Compare" />
        </nav>
        <Connection state={connection.value} />
      </header>
      <main id="content" tabIndex={-1}>
        <Shown view={shown} />
      </main>
    </>
  );
}

function Shown({ view }: { readonly view: View }) {
  switch (view.view) {
    case 'runs':
      return <RunsView view={view} />;
    case 'run':
      return <RunView key={view.run} view={view} />;
    case 'compare':
      return <CompareView view={view} />;
    case 'unit':
      return <UnitView key={`${view.run} ${view.site} ${view.unit}`} view={view} />;
    case 'unknown':
      return (
        <>
          <Heading title="Not found">There is no such view</Heading>
          <p>
            The address names none. Go to <a href={formatAddress(ALL_RUNS)}>all runs</a>.
          </p>
        </>
      );
  }
}

/** The runs that the present view is about, so that comparing starts with them. */
function compared(shown: View): readonly string[] {
  if (shown.view === 'compare') return shown.runs;
  if (shown.view === 'runs') return shown.picked;
  return shown.view === 'unknown' ? [] : [shown.run];
}

function NavLink({ to, current, name }: { readonly to: View; readonly current: boolean; readonly name: string }) {
  return (
    <a href={formatAddress(to)} aria-current={current ? 'page' : undefined}>
      {name}
    </a>
  );
}

const CONNECTION: Record<ConnectionState, string> = {
  connecting: 'connecting …',
  live: 'live',
  reconnecting: 'reconnecting …',
};

function Connection({ state }: { readonly state: ConnectionState }) {
  return (
    <p class={`connection ${state}`} role="status">
      {CONNECTION[state]}
    </p>
  );
}
