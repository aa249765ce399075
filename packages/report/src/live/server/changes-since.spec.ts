import type { EventBody, TrainingEvent } from '@reluctant/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleManifest } from '../../samples/sample-manifest.js';
import { changesSince, formatPosition, parsePosition, positionOf } from './changes-since.js';
import { LiveRecord } from './live-record.js';

const time = (seq: number, hour = 0) => new Date(Date.UTC(2026, 0, 1, hour, 0, seq)).toISOString();
const resumed: EventBody = { type: 'run.resumed', step: 1, epoch: 0 };
const epochEnd: EventBody = { type: 'epoch.completed', step: 1, epoch: 1, trainLoss: 1, trainAccuracy: 1, seconds: 1 };

/** A record of events, of which those from `later` on were recorded an hour after the others. */
function recordOf(bodies: readonly EventBody[], later = Infinity): LiveRecord {
  const record = new LiveRecord(sampleManifest([]));
  bodies.forEach((body, index) => {
    const seq = index + 1;
    record.append({ seq, time: time(seq, seq >= later ? 1 : 0), ...body } as Exclude<TrainingEvent, { type: 'tap.sampled' | 'probe.reading' }>); // prettier-ignore
    record.seq = seq;
  });
  return record;
}

const everything = [{ type: 'changed', run: 'r', what: 'everything' }];

describe('positions', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.nat(2 ** 41), (seq, resumedAt) => {
        expect(parsePosition(formatPosition({ seq, resumedAt }))).toEqual({ seq, resumedAt });
      }),
    );
  });

  it.each(['', '-1', '1.5', 'x', '1~', '~1', '1~1~1', '1'.repeat(20), '1~Z'])('are not %j', (text) => {
    expect(parsePosition(text)).toBeUndefined();
  });
});

describe('changes', () => {
  it('are none where nothing has happened since', () => {
    const record = recordOf([epochEnd, epochEnd]);
    expect(changesSince('r', record, positionOf(record), true)).toEqual([]);
  });

  it('are those behind the position', () => {
    const record = recordOf([epochEnd, { type: 'run.finished', status: 'completed', step: 1 }]);
    const told = (seq: number) => changesSince('r', record, { seq, resumedAt: 0 }, false);
    expect(told(0)).toEqual([
      { type: 'changed', run: 'r', what: 'status' },
      { type: 'changed', run: 'r', what: 'training' },
    ]);
    expect(told(1)).toEqual([{ type: 'changed', run: 'r', what: 'status' }]);
    expect(told(2)).toEqual([]);
  });

  it('are everything where the log is shorter than what was seen', () => {
    expect(changesSince('r', recordOf([epochEnd]), { seq: 2, resumedAt: 0 }, true)).toEqual(everything);
  });

  it('are everything only where a resume has dropped what was seen', () => {
    // Events 1 and 2 were kept, and the run went on with event 3.
    const before = recordOf([epochEnd, epochEnd, epochEnd, epochEnd]);
    const after = recordOf([epochEnd, epochEnd, resumed, epochEnd, epochEnd], 3);
    expect(changesSince('r', after, positionOf(before), true)).toEqual(everything);
    expect(changesSince('r', after, { seq: 3, resumedAt: 0 }, true)).toEqual(everything);
    const untouched = changesSince('r', after, { seq: 2, resumedAt: 0 }, true);
    expect(untouched).toEqual([
      { type: 'changed', run: 'r', what: 'status' },
      { type: 'changed', run: 'r', what: 'training' },
    ]);
    expect(changesSince('r', after, positionOf(after), true)).toEqual([]);
  });

  it('tell two resumes from the same checkpoint apart', () => {
    const first = recordOf([epochEnd, resumed, epochEnd], 2);
    const second = recordOf([epochEnd, resumed, epochEnd, epochEnd], 2);
    expect(changesSince('r', second, positionOf(first), true)).not.toEqual(everything);
    const again = recordOf([epochEnd, resumed, epochEnd, epochEnd]);
    expect(changesSince('r', again, positionOf(first), true)).toEqual(everything);
  });
});
