import type { ServerResponse } from 'node:http';
import type { LiveEvent, RunListItem } from '../api.js';
import { changesSince, formatPosition, parsePosition, positionOf, type LogPosition } from './changes-since.js';
import type { LiveRuns } from './live-runs.js';

const MILLISECONDS_BETWEEN_LISTS = 1000;
const MILLISECONDS_BETWEEN_HEARTBEATS = 15_000;
/** A client that takes nothing for so long is given up. */
const MILLISECONDS_OF_PATIENCE = 30_000;
/** After which a browser connects again. */
const MILLISECONDS_BEFORE_RECONNECT = 1000;

/**
 * One client of the events. It is told what has changed since it was told last, whenever it is ready to take it: nothing is kept for it but
 * where it is.
 */
export class EventStream {
  private readonly positions: (LogPosition | undefined)[];
  private readonly known = new Map<string, RunListItem>();
  private listedAt = -Infinity;
  private wroteAt = performance.now();
  private full = false;

  /**
   * @param watched ids of runs
   * @param after the id of the event that the client saw last
   */
  constructor(
    private readonly response: ServerResponse,
    private readonly runs: LiveRuns,
    private readonly watched: readonly string[],
    after: string | undefined,
  ) {
    const positions = after?.split('.').map(parsePosition) ?? [];
    this.positions = watched.map((_, index) => positions[index]);
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.on('drain', () => (this.full = false));
    this.write(`retry: ${MILLISECONDS_BEFORE_RECONNECT}\n\n`);
    this.tell();
  }

  /** To be called several times a second. */
  tell(now = performance.now()): void {
    if (this.full) {
      if (now - this.wroteAt > MILLISECONDS_OF_PATIENCE) this.response.destroy();
      return;
    }
    const told = this.changes(now).map((event) => `data: ${JSON.stringify(event)}\n\n`);
    // Only the last of them has an id: a client that got a part of them is told all of them again.
    const last = told.pop();
    if (last !== undefined) this.write(`${told.join('')}${this.id}${last}`);
    else if (now - this.wroteAt > MILLISECONDS_BETWEEN_HEARTBEATS) this.write(': still here\n\n');
  }

  close(): void {
    this.response.end();
  }

  private changes(now: number): LiveEvent[] {
    const events: LiveEvent[] = [];
    if (now - this.listedAt >= MILLISECONDS_BETWEEN_LISTS) events.push(...this.listChanges(now));
    this.watched.forEach((id, index) => {
      const run = this.runs.find(id);
      const record = run?.record;
      if (!run || !record) return;
      const position = this.positions[index];
      // What the client was answered before it had a position may be older than that.
      if (position) events.push(...changesSince(id, record, position, run.alive));
      else events.push({ type: 'changed', run: id, what: 'everything' });
      this.positions[index] = positionOf(record);
    });
    return events;
  }

  private listChanges(now: number): LiveEvent[] {
    const first = this.listedAt === -Infinity;
    this.listedAt = now;
    const items = this.runs.list();
    const changed = items.filter((item) => this.known.get(item.id) !== item);
    const present = new Set(items.map(({ id }) => id));
    const removed = [...this.known.keys()].filter((id) => !present.has(id));
    for (const item of changed) this.known.set(item.id, item);
    for (const id of removed) this.known.delete(id);
    return first || changed.length + removed.length > 0 ? [{ type: 'runs', changed, removed }] : [];
  }

  private get id(): string {
    return this.watched.length === 0
      ? ''
      : `id: ${this.positions.map((position) => (position ? formatPosition(position) : '')).join('.')}\n`;
  }

  private write(text: string): void {
    this.wroteAt = performance.now();
    this.full = !this.response.write(text);
  }
}
