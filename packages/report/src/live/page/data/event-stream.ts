import type { LiveEvent } from '../../api.js';
import { eventsPath } from './api-paths.js';

export type ConnectionState = 'connecting' | 'live' | 'reconnecting';

export interface EventStreamListener {
  state(state: ConnectionState): void;
  /** Connected, for the first time or after events may have been missed. */
  opened(): void;
  event(event: LiveEvent): void;
}

/** Milliseconds before the first and the slowest attempt to connect again. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 10_000;

/**
 * The page's only connection for events. A browser reconnects by itself where the network failed; where the server answered
 * something else, this does, and goes on from the last event that was seen.
 */
export class EventStream {
  private source: EventSource | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private runs: readonly string[] = [];
  private lastId = '';
  private wait = FIRST_WAIT;
  private wasOpen = false;

  constructor(private readonly listener: EventStreamListener) {}

  /** Connects for events of these runs, and of the list of all. */
  watch(runs: readonly string[]): void {
    if (this.source && runs.join('\n') === this.runs.join('\n')) return;
    this.runs = runs;
    // Positions of other runs mean nothing for these.
    this.lastId = '';
    this.connect();
  }

  private connect(): void {
    clearTimeout(this.timer);
    this.source?.close();
    const source = new EventSource(eventsPath(this.runs, this.lastId));
    this.source = source;
    source.onopen = () => {
      this.wait = FIRST_WAIT;
      this.listener.state('live');
      this.listener.opened();
      this.wasOpen = true;
    };
    source.onmessage = ({ data, lastEventId }: MessageEvent<string>) => {
      this.lastId = lastEventId;
      this.listener.event(JSON.parse(data) as LiveEvent);
    };
    source.onerror = () => {
      this.listener.state(this.wasOpen ? 'reconnecting' : 'connecting');
      if (source.readyState !== EventSource.CLOSED) return;
      this.timer = setTimeout(() => this.connect(), this.wait);
      this.wait = Math.min(LONGEST_WAIT, 2 * this.wait);
    };
  }
}
