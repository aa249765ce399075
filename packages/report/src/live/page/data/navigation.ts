import { signal } from '@preact/signals';
import { formatAddress, parseAddress, type View } from './address.js';

/** What the address says is shown. */
export const view = signal<View>(parseAddress(location.hash));

addEventListener('hashchange', () => (view.value = parseAddress(location.hash)));

/** Shows another view without leaving a step in the history: for what is typed or toggled. */
export function replaceView(next: View): void {
  history.replaceState(null, '', formatAddress(next));
  view.value = next;
}

/** Goes to another view, from which the browser can go back. */
export function goTo(next: View): void {
  location.hash = formatAddress(next);
}
