import { clopperPearsonInterval } from '../measurement/intervals.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kaplanMeier, type Subject } from './kaplan-meier.js';

const subjects = (events: readonly number[], censored: readonly number[] = []): Subject[] => [
  ...events.map((time) => ({ time, event: true })),
  ...censored.map((time) => ({ time, event: false })),
];

const anySubject = fc.record({ time: fc.integer({ min: 0, max: 8 }), event: fc.boolean() });
const anySubjects = fc.array(anySubject, { minLength: 1, maxLength: 40 });

describe('kaplanMeier', () => {
  // Weeks of remission under 6-MP (Freireich et al. 1963; Gehan 1965), as published with Stata's and SAS's tables: S, Greenwood's
  // standard error, and the 95 % interval by ln(−ln S).
  it.each([
    [6, 21, 3, 0.8571, 0.0764, 0.6197, 0.9516],
    [7, 17, 1, 0.8067, 0.0869, 0.5631, 0.9228],
    [10, 15, 1, 0.7529, 0.0963, 0.5032, 0.8894],
    [13, 12, 1, 0.6902, 0.1068, 0.4316, 0.8491],
    [16, 11, 1, 0.6275, 0.1141, 0.3675, 0.8049],
    [22, 7, 1, 0.5378, 0.1282, 0.2678, 0.7468],
    [23, 6, 1, 0.4482, 0.1346, 0.1881, 0.6801],
  ])('remission under 6-MP, week %i', (time, atRisk, events, survival, standardError, lower, upper) => {
    const curve = kaplanMeier(
      subjects([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]),
    );
    const point = curve.find((candidate) => candidate.time === time)!;
    expect(point).toMatchObject({ atRisk, events });
    for (const [value, published] of [
      [point.survival, survival],
      [point.standardError, standardError],
      [point.lower, lower],
      [point.upper, upper],
    ]) {
      expect(Math.abs(value - published)).toBeLessThan(0.5001e-4);
    }
  });

  // Its control group, where nobody is censored.
  it.each([
    [1, 0.9048, 0.0641, 0.67, 0.9753],
    [2, 0.8095, 0.0857, 0.5689, 0.9239],
  ])('remission under a placebo, week %i', (time, ...published) => {
    const weeks = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];
    const { survival, standardError, lower, upper } = kaplanMeier(subjects(weeks)).find(
      (point) => point.time === time,
    )!;
    [survival, standardError, lower, upper].forEach((value, index) =>
      expect(Math.abs(value - published[index])).toBeLessThan(0.5001e-4),
    );
  });

  it('is the product of the conditional shares, counted by hand', () => {
    fc.assert(
      fc.property(anySubjects, (all) => {
        for (const point of kaplanMeier(all)) {
          let product = 1;
          let sum = 0;
          for (let time = 0; time <= point.time; time++) {
            const risk = all.filter((subject) => subject.time >= time).length;
            const events = all.filter((subject) => subject.time === time && subject.event).length;
            if (events === 0) continue;
            product *= (risk - events) / risk;
            sum += events / (risk * (risk - events));
          }
          expect(point.survival).toBeCloseTo(product, 12);
          expect(point.standardError).toBeCloseTo(product === 0 ? 0 : product * Math.sqrt(sum), 12);
        }
      }),
    );
  });

  it('without censoring is the share that is left, with the binomial standard error', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 30 }), (times) => {
        const n = times.length;
        for (const { time, survival, standardError } of kaplanMeier(subjects(times))) {
          const share = times.filter((other) => other > time).length / n;
          expect(survival).toBeCloseTo(share, 12);
          expect(standardError).toBeCloseTo(Math.sqrt((share * (1 - share)) / n), 12);
        }
      }),
    );
  });

  it('never rises, stays in its interval, and the interval within [0, 1]; it is wider with more confidence', () => {
    fc.assert(
      fc.property(anySubjects, (all) => {
        const sure = kaplanMeier(all, 0.99);
        kaplanMeier(all, 0.8).forEach((point, index, curve) => {
          if (index > 0) expect(point.survival).toBeLessThanOrEqual(curve[index - 1].survival);
          const ends = [0, sure[index].lower, point.lower, point.survival, point.upper, sure[index].upper, 1];
          ends.slice(1).forEach((end, before) => expect(end).toBeGreaterThanOrEqual(ends[before] - 1e-12));
        });
      }),
    );
  });

  it('loses sight of every subject once, and does not mind their order', () => {
    fc.assert(
      fc.property(anySubjects, (all) => {
        const curve = kaplanMeier(all);
        expect(curve.reduce((total, { events, censored }) => total + events + censored, 0)).toBe(all.length);
        expect(kaplanMeier([...all].reverse())).toEqual(curve);
      }),
    );
  });

  it('promises no certainty where nothing or everything has happened', () => {
    const [none] = kaplanMeier(subjects([], Array(20).fill(4)));
    expect(none).toMatchObject({ survival: 1, standardError: 0, ...clopperPearsonInterval(20, 20) });
    expect(none.lower).toBeCloseTo(0.025 ** (1 / 20), 12);
    const last = kaplanMeier(subjects([1, 2, 3])).at(-1)!;
    expect(last).toMatchObject({ survival: 0, standardError: 0, ...clopperPearsonInterval(0, 3) });
  });

  it('says at further times what holds there', () => {
    const curve = kaplanMeier(subjects([2], [5]), 0.95, [0, 3]);
    expect(curve.map(({ time, atRisk, survival }) => [time, atRisk, survival])).toEqual([
      [0, 2, 1],
      [2, 2, 0.5],
      [3, 1, 0.5],
      [5, 1, 0.5],
    ]);
  });

  it('has an interval that covers as often as it says', () => {
    // 40 subjects with S(1) = 0.8, independently: over all binomial outcomes, by their probabilities.
    const n = 40;
    let covered = 0;
    let probability = 0.8 ** n;
    for (let events = 0; events <= n; events++) {
      const all = [
        ...Array<Subject>(events).fill({ time: 1, event: true }),
        ...subjects([], Array(n - events).fill(2)),
      ];
      const point = kaplanMeier(all).find(({ time }) => time === 1) ?? kaplanMeier(all, 0.95, [1])[0];
      if (point.lower <= 0.8 && 0.8 <= point.upper) covered += probability;
      probability *= ((n - events) / (events + 1)) * 0.25;
    }
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.98);
  });
});
