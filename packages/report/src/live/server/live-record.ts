import type { EventOf, EventType, LogEntry, Reading, RunManifest, RunStatus } from '@reluctant/core';
import { recordOf, type RunRecord, type StepPoint } from '../../queries/run-record.js';
import type { Transition } from '../api.js';
import { LayerValues } from './layer-values.js';
import { StepColumns } from './step-columns.js';

/** What of a log a `LiveRecord` is made of. */
export const RECORDED_TYPES = [
  'run.resumed',
  'epoch.started',
  'step.completed',
  'probe.reading',
  'unit.born-dead',
  'unit.died',
  'unit.revived',
  'evaluation.completed',
  'epoch.completed',
  'run.finished',
] as const satisfies readonly EventType[];

/** Where in time and training something happened. */
interface Moment {
  readonly time: number;
  readonly epoch: number;
}

/** What a server keeps of a run: grows with the run's log, and small enough to be kept of many. */
export class LiveRecord {
  /** Up to which the log is known. */
  seq = 0;
  readonly layers = new LayerValues();
  readonly transitions: Transition[] = [];
  /** The last reading of any probe. */
  measured: { readonly seq: number; readonly step: number; readonly epoch: number } | undefined;
  stepsPerEpoch: number | undefined;
  finished: EventOf<'run.finished'> | undefined;
  /** Between these, training went on without a break. */
  first: Moment | undefined;
  last: Moment | undefined;
  /** Sequence numbers of the last events of a kind, 0 where there was none. */
  readonly lastSeq = { step: 0, training: 0, status: 0 };

  private readonly steps = new StepColumns();
  private readonly others: EventOf<'epoch.completed' | 'evaluation.completed' | 'run.finished' | 'run.resumed'>[] = [];

  constructor(readonly manifest: RunManifest) {}

  append(entry: LogEntry): void {
    switch (entry.type) {
      case 'step.completed':
        this.steps.add(entry);
        this.lastSeq.step = entry.seq;
        this.passed({ time: Date.parse(entry.time), epoch: entry.epoch });
        break;
      case 'probe.reading':
        this.layers.add(entry.seq, entry.reading);
        this.measured = { seq: entry.seq, step: entry.reading.step, epoch: entry.reading.epoch };
        break;
      case 'unit.born-dead':
      case 'unit.died':
      case 'unit.revived':
        this.transitions.push(transitionOf(entry));
        break;
      case 'epoch.started':
        this.stepsPerEpoch = entry.steps;
        this.passed({ time: Date.parse(entry.time), epoch: entry.epoch });
        break;
      case 'epoch.completed':
      case 'evaluation.completed':
        this.others.push(entry);
        this.lastSeq.training = entry.seq;
        break;
      case 'run.resumed':
        this.others.push(entry);
        this.finished = undefined;
        this.first = { time: Date.parse(entry.time), epoch: entry.epoch };
        this.lastSeq.status = entry.seq;
        break;
      case 'run.finished':
        this.others.push(entry);
        this.finished = entry;
        this.lastSeq.status = entry.seq;
        break;
    }
  }

  get status(): RunStatus | 'running' {
    return this.finished?.status ?? 'running';
  }

  get lastStep(): StepPoint | undefined {
    return this.steps.last;
  }

  get lastEpoch(): EventOf<'epoch.completed'> | undefined {
    return this.others.findLast((event) => event.type === 'epoch.completed');
  }

  get lastTest(): EventOf<'evaluation.completed'> | undefined {
    const isTest = (event: (typeof this.others)[number]): event is EventOf<'evaluation.completed'> =>
      event.type === 'evaluation.completed' && event.split === 'test';
    return this.others.findLast(isTest);
  }

  /**
   * When the run last went on from a checkpoint before its event `seq`, in milliseconds since 1970; 0 where it never did. Together
   * with the number this tells two logs apart of which one was cut back.
   */
  resumedBefore(seq: number): number {
    const resumed = this.others.findLast((event) => event.type === 'run.resumed' && event.seq <= seq);
    return resumed ? Date.parse(resumed.time) : 0;
  }

  /** What the queries ask, but for values of units, which `readings` has to give, and for simulations. */
  toRunRecord(readings: readonly Reading[] = this.layers.readings()): RunRecord {
    const { manifest, status, steps } = this;
    let points: StepPoint[] | undefined;
    return {
      ...recordOf({ manifest, status }, this.others, readings),
      // Most queries do not ask for them, and there are many.
      get steps() {
        return (points ??= steps.all());
      },
    };
  }

  private passed(moment: Moment): void {
    this.first ??= moment;
    this.last = moment;
  }
}

function transitionOf({ seq, type, probe, site, unit, step, epoch }: EventOf<Transition['type']>): Transition {
  return { seq, type, probe, site, unit, step, epoch };
}
