import { UNIT_ORDERS, type UnitOrder } from '../../../queries/unit-order.js';

/** What the page shows. All of it is in the address, so that reloading, going back and sharing a link keep it. */
export type View =
  | { readonly view: 'runs'; readonly search: string; readonly picked: readonly string[] }
  | {
      readonly view: 'run';
      readonly run: string;
      /** Whose heat map is shown; the first where undefined. */
      readonly site: string | undefined;
      readonly order: UnitOrder;
      /** Part of the names of the layers that are shown; empty for all. */
      readonly layers: string;
    }
  | { readonly view: 'compare'; readonly runs: readonly string[] }
  | { readonly view: 'unit'; readonly run: string; readonly site: string; readonly unit: number }
  | { readonly view: 'unknown' };

export const ALL_RUNS: View = { view: 'runs', search: '', picked: [] };

/** The view of a run before anything is chosen in it. */
export function runView(run: string): View {
  return { view: 'run', run, site: undefined, order: 'final', layers: '' };
}

/** Reads the part of the address after `#`. What it doesn't know is `unknown`, never an error. */
export function parseAddress(hash: string): View {
  const [path = '', query = ''] = split(hash.replace(/^#/, ''));
  const parameters = new URLSearchParams(query);
  const text = (name: string) => parameters.get(name) ?? '';
  const ids = (name: string) => [...new Set(parameters.getAll(name))].filter((id) => id !== '');
  switch (path) {
    case '':
    case '/':
      return { view: 'runs', search: text('search'), picked: ids('picked') };
    case '/run':
      if (text('run') === '') return { view: 'unknown' };
      return {
        view: 'run',
        run: text('run'),
        site: parameters.get('site') ?? undefined,
        order: UNIT_ORDERS.find((order) => order === text('order')) ?? 'final',
        layers: text('layers'),
      };
    case '/compare':
      return { view: 'compare', runs: ids('run') };
    case '/unit':
      if (text('run') === '' || !parameters.has('site') || !/^\d{1,9}$/.test(text('unit'))) return { view: 'unknown' };
      return { view: 'unit', run: text('run'), site: text('site'), unit: Number(text('unit')) };
    default:
      return { view: 'unknown' };
  }
}

/** The address of a view, from `#` on. */
export function formatAddress(view: View): string {
  switch (view.view) {
    case 'runs':
      return address('/', [['search', view.search], ...view.picked.map((run) => ['picked', run] as const)]);
    case 'run':
      return address('/run', [
        ['run', view.run],
        ...(view.site === undefined ? [] : [['site', view.site] as const]),
        ['order', view.order === 'final' ? '' : view.order],
        ['layers', view.layers],
      ]);
    case 'compare':
      return address(
        '/compare',
        view.runs.map((run) => ['run', run]),
      );
    case 'unit':
      return address('/unit', [
        ['run', view.run],
        ['site', view.site],
        ['unit', String(view.unit)],
      ]);
    case 'unknown':
      return '#/';
  }
}

/** What two views have in common where going from one to the other is a choice within a page, not another page. */
export function subjectOf(view: View): string {
  switch (view.view) {
    case 'run':
      return JSON.stringify(['run', view.run]);
    case 'unit':
      return JSON.stringify(['unit', view.run, view.site, view.unit]);
    default:
      return view.view;
  }
}

function address(path: string, parameters: readonly (readonly [name: string, value: string])[]): string {
  const given = parameters.filter(([name, value]) => value !== '' || name === 'site');
  const query = new URLSearchParams(given.map(([name, value]) => [name, value])).toString();
  return query === '' ? `#${path}` : `#${path}?${query}`;
}

function split(text: string): readonly string[] {
  const at = text.indexOf('?');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
