import type { LiveEvent } from '../api.js';
import { LATEST_TRANSITIONS } from './answers.js';
import type { LiveRecord } from './live-record.js';
import { progressOf } from './progress.js';

/** Where in a run's log a page is. */
export interface LogPosition {
  readonly seq: number;
  /** `resumedBefore` of the log that was seen. */
  readonly resumedAt: number;
}

export function positionOf(record: LiveRecord): LogPosition {
  return { seq: record.seq, resumedAt: record.resumedBefore(record.seq) };
}

/** `12`, or `12~mf3x1k20` of a log that was resumed. */
export function formatPosition({ seq, resumedAt }: LogPosition): string {
  return resumedAt ? `${seq}~${resumedAt.toString(36)}` : String(seq);
}

/** The inverse of `formatPosition`; undefined for what is no position. */
export function parsePosition(text: string): LogPosition | undefined {
  const [, seq, resumedAt = '0'] = /^(\d{1,15})(?:~([0-9a-z]{1,10}))?$/.exec(text) ?? [];
  return seq === undefined ? undefined : { seq: Number(seq), resumedAt: parseInt(resumedAt, 36) };
}

/**
 * What a page has to be told that is at `position`: of everything that has happened since, the newest state. Nothing is kept for
 * it, so that a page that is slow, or was gone, costs nothing.
 */
export function changesSince(run: string, record: LiveRecord, position: LogPosition, alive: boolean): LiveEvent[] {
  if (isCut(record, position)) return [{ type: 'changed', run, what: 'everything' }];
  if (record.seq === position.seq) return [];
  const since = (seq: number) => seq > position.seq;
  const { lastSeq, measured, lastStep } = record;
  const events: LiveEvent[] = [];
  if (since(lastSeq.status)) events.push({ type: 'changed', run, what: 'status' });
  if (since(lastSeq.training)) events.push({ type: 'changed', run, what: 'training' });
  if (measured && since(measured.seq)) {
    events.push({ type: 'measured', run, step: measured.step, epoch: measured.epoch });
  }
  const transitions = record.transitions.slice(-LATEST_TRANSITIONS).filter(({ seq }) => since(seq));
  if (transitions.length > 0) events.push({ type: 'transitions', run, transitions: transitions.reverse() });
  const progress = since(lastSeq.step) ? progressOf(record, alive) : null;
  if (progress) events.push({ type: 'steps', run, progress, loss: lastStep?.loss ?? null });
  return events;
}

/** Whether a resume has dropped what the page has seen. */
function isCut(record: LiveRecord, { seq, resumedAt }: LogPosition): boolean {
  return seq > record.seq || record.resumedBefore(seq) !== resumedAt;
}
