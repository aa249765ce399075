import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learningRateAt } from './learning-rate-at.js';
import { scheduleSpecSchema, type ScheduleSpec } from './schedule-spec.js';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const warmup = { warmupEpochs: fc.double({ min: 0, max: 8, noNaN: true }), warmupFrom: share };
const anySpec: fc.Arbitrary<ScheduleSpec> = fc.oneof(
  fc.record({ kind: fc.constant('constant' as const), ...warmup }),
  fc.record({
    kind: fc.constant('step' as const),
    milestones: fc
      .uniqueArray(fc.integer({ min: 8, max: 30 }), { minLength: 1, maxLength: 4 })
      .map((m) => m.sort((a, b) => a - b)),
    gamma: fc.double({ min: 0.01, max: 1, noNaN: true }),
    ...warmup,
  }),
  fc.record({ kind: fc.constant('cosine' as const), floor: share, ...warmup }),
);
const at = (spec: unknown, epoch: number, epochs = 100): number =>
  learningRateAt(scheduleSpecSchema.parse(spec), 0.4, { epoch, epochs });

describe('learningRateAt', () => {
  it('keeps the base rate when constant', () => {
    expect(at({ kind: 'constant' }, 0)).toBe(0.4);
    expect(at({ kind: 'constant' }, 99.9)).toBe(0.4);
  });

  it('multiplies by gamma at each milestone, the milestone itself included', () => {
    const spec = { kind: 'step', milestones: [50, 75], gamma: 0.5 };
    expect([0, 49.999, 50, 74, 75, 100].map((epoch) => at(spec, epoch))).toEqual([0.4, 0.4, 0.2, 0.2, 0.1, 0.1]);
  });

  it('follows half a cosine to the floor', () => {
    const spec = { kind: 'cosine', floor: 0.1 };
    expect(at(spec, 0)).toBe(0.4);
    // cos 60° = ½, so a third of the way the annealed part is at three quarters.
    expect(at(spec, 100 / 3)).toBeCloseTo(0.04 + 0.36 * 0.75, 12);
    expect(at(spec, 50)).toBeCloseTo(0.04 + 0.36 * 0.5, 12);
    expect(at(spec, 100)).toBeCloseTo(0.04, 12);
  });

  it('anneals over what the warm-up leaves', () => {
    const spec = { kind: 'cosine', warmupEpochs: 20 };
    expect(at(spec, 20)).toBe(0.4);
    expect(at(spec, 60)).toBeCloseTo(0.2, 12);
  });

  it('warms up linearly', () => {
    const spec = { kind: 'constant', warmupEpochs: 5, warmupFrom: 0.2 };
    expect(at(spec, 0)).toBeCloseTo(0.08, 12);
    expect(at(spec, 2.5)).toBeCloseTo(0.24, 12);
    expect(at(spec, 5)).toBe(0.4);
  });

  it('stays within zero and the base rate', () => {
    fc.assert(
      fc.property(
        anySpec,
        fc.double({ min: 0, max: 30, noNaN: true }),
        fc.double({ min: 1e-6, max: 10, noNaN: true }),
        (spec, epoch, base) => {
          const rate = learningRateAt(spec, base, { epoch, epochs: 30 });
          expect(rate).toBeGreaterThanOrEqual(0);
          expect(rate).toBeLessThanOrEqual(base * (1 + 1e-12));
        },
      ),
    );
  });

  it('rises through the warm-up and meets the schedule without a jump', () => {
    fc.assert(
      fc.property(anySpec, share, share, (spec, one, other) => {
        fc.pre(spec.warmupEpochs > 1e-3);
        const rate = (epoch: number): number => learningRateAt(spec, 1, { epoch, epochs: 30 });
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        expect(rate(early * spec.warmupEpochs)).toBeLessThanOrEqual(rate(late * spec.warmupEpochs) + 1e-12);
        fc.pre(spec.kind !== 'step' || spec.milestones[0] > spec.warmupEpochs);
        expect(rate(spec.warmupEpochs)).toBe(1);
        expect(rate(spec.warmupEpochs * (1 - 1e-9))).toBeCloseTo(1, 8);
      }),
    );
  });

  it('never rises after the warm-up', () => {
    fc.assert(
      fc.property(anySpec, share, share, (spec, one, other) => {
        const epochAt = (done: number): number => spec.warmupEpochs + done * (30 - spec.warmupEpochs);
        const rate = (done: number): number => learningRateAt(spec, 1, { epoch: epochAt(done), epochs: 30 });
        expect(rate(Math.max(one, other))).toBeLessThanOrEqual(rate(Math.min(one, other)) + 1e-12);
      }),
    );
  });

  it('ends at the value that the spec promises', () => {
    const end = (spec: ScheduleSpec): number => {
      if (spec.kind === 'cosine') return spec.floor;
      return spec.kind === 'step' ? spec.milestones.reduce((rate) => rate * spec.gamma, 1) : 1;
    };
    fc.assert(
      fc.property(anySpec, (spec) => {
        expect(learningRateAt(spec, 1, { epoch: 30, epochs: 30 })).toBeCloseTo(end(spec), 12);
      }),
    );
  });
});

describe('scheduleSpecSchema', () => {
  it('fills in defaults', () => {
    expect(scheduleSpecSchema.parse({ kind: 'cosine' })).toEqual({
      kind: 'cosine',
      floor: 0,
      warmupEpochs: 0,
      warmupFrom: 0.1,
    });
  });

  it.each([
    [{ kind: 'step', milestones: [] }, 'milestones'],
    [{ kind: 'step', milestones: [80, 40] }, 'milestones'],
    [{ kind: 'step', milestones: [3], warmupEpochs: 5 }, 'milestones'],
    [{ kind: 'step', milestones: [3], gamma: 1.5 }, 'gamma'],
    [{ kind: 'cosine', floor: -0.1 }, 'floor'],
    [{ kind: 'constant', warmupFrom: 2 }, 'warmupFrom'],
    [{ kind: 'exponential' }, 'kind'],
  ])('refuses %j and names %s', (spec, path) => {
    expect(scheduleSpecSchema.safeParse(spec).error?.issues.map((issue) => issue.path[0])).toEqual([path]);
  });

  it('refuses unknown keys', () => {
    expect(scheduleSpecSchema.safeParse({ kind: 'constant', gamma: 0.1 }).success).toBe(false);
  });
});
