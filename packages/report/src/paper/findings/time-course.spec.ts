import { describe, expect, it } from 'vitest';
import { plainSites, plantedArm, residualSites } from '../samples/planted-study.js';
import { timeCourse } from './time-course.js';

const network = (activation: (epoch: number) => number) => ({
  label: 'network',
  sites: plainSites(3),
  activation: (_: unknown, epoch: number) => activation(epoch),
  seedDeviation: 0.02,
});

describe('timeCourse', () => {
  it('tells when half and nine tenths of the fall are over, between measurements', () => {
    // 0.5, 0.4, 0.3, 0.2, 0.1: a straight line.
    const { fall, half, most, points } = timeCourse(plantedArm(network((epoch) => 0.5 - 0.1 * epoch), [1, 2, 3]))!; // prettier-ignore
    expect(fall.mean).toBeCloseTo(0.4, 12);
    expect(half!.mean).toBeCloseTo(2, 9);
    expect(most!.mean).toBeCloseTo(3.6, 9);
    expect(points.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4]);
    expect(points[0]!.activation.runs).toBe(3);
  });

  it('takes the first time where Pr[y>0] rises again', () => {
    const course = [0.5, 0.1, 0.2, 0.3, 0.3];
    const { half, fall } = timeCourse(plantedArm(network((epoch) => course[epoch]!), [1, 2]))!; // prettier-ignore
    expect(fall.mean).toBeCloseTo(0.2, 12);
    expect(half!.mean).toBeCloseTo(0.25, 9);
  });

  it('has no such time where it does not fall', () => {
    expect(timeCourse(plantedArm(network((epoch) => 0.3 + 0.1 * epoch), [1, 2]))).toMatchObject({ half: null, most: null }); // prettier-ignore
  });

  it('follows the sites without skips, and dead units of all', () => {
    const sites = residualSites(2);
    const arm = plantedArm({ label: 'residual', sites, activation: ({ skip }) => (skip ? 0.9 : 0.3), neverFired: ({ skip }) => (skip ? 8 : 0) }, [1, 2]); // prettier-ignore
    const { activation, dead } = timeCourse(arm)!.points[0]!;
    expect(activation.mean).toBeCloseTo(0.3, 12);
    expect(dead.mean).toBeCloseTo(16 / 80, 12);
  });
});
