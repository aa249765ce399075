import { describe, expect, it } from 'vitest';
import { interventionTimingSchema, isInterventionDue, type InterventionTiming } from './intervention-timing.js';

/** The steps, of five epochs of four, between which it is due. */
const dueSteps = (timing: InterventionTiming) =>
  Array.from({ length: 21 }, (_, step) => step).filter((step) =>
    isInterventionDue(interventionTimingSchema.parse(timing), { step, epoch: step / 4 }, 5),
  );

describe('isInterventionDue', () => {
  it.each<[InterventionTiming, number[]]>([
    [{ everyEpochs: 1 }, [4, 8, 12, 16]],
    [{ everyEpochs: 2 }, [8, 16]],
    [{ everyEpochs: 1, until: 2 }, [4, 8]],
    [{ everySteps: 6 }, [6, 12, 18]],
    [{ everySteps: 6, until: 1.5 }, [6]],
    [{ atEpochs: [0] }, [0]],
    [{ atEpochs: [3, 1, 5, 9] }, [4, 12]],
    [{ atEpochs: [0, 3], until: 2.5 }, [0]],
  ])('%j: before the first step only where asked for, never at the end', (timing, steps) => {
    expect(dueSteps(timing)).toEqual(steps);
  });
});

describe('interventionTimingSchema', () => {
  it.each([{}, { until: 3 }, { everyEpochs: 1, everySteps: 1 }])('refuses %j, saying what to give', (timing) => {
    expect(interventionTimingSchema.safeParse(timing).error?.issues).toMatchObject([
      { message: 'give one of everyEpochs, everySteps, atEpochs' },
    ]);
  });
  it.each([{ everyEpochs: 0 }, { atEpochs: [] }, { atEpochs: [0.5] }, { every: 1 }])('refuses %j', (timing) => {
    expect(interventionTimingSchema.safeParse(timing).success).toBe(false);
  });
});
