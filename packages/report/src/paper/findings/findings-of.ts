import type { PaperFindings } from '../findings.js';
import type { StudyResults } from '../study-results.js';
import { armOutcome, rangeOfMeans } from './arm-outcome.js';
import { belowHalf } from './below-half.js';
import { armConvergences } from './convergence.js';
import { fallWithDepth } from './fall-with-depth.js';
import { findingsTable } from './findings-table.js';
import { initializationSpread } from './initialization-spread.js';
import { singleUnitDeath } from './single-unit-death.js';
import { skipEffect } from './skip-effect.js';
import { slowingDown } from './slowing-down.js';
import { timeCourse } from './time-course.js';

/** What a study says of the paper's findings: a function of its results alone. Throws `RUN_CORRUPT`. */
export function findingsOf(results: StudyResults): PaperFindings {
  const { networks, skips, initializers, factors, convergence: rule } = results;
  const findings = {
    belowHalf: networks.flatMap((arm) => belowHalf(arm, rule) ?? []),
    fallWithDepth: networks.flatMap(fallWithDepth),
    skipEffects: skips.flatMap((pair) => skipEffect(pair) ?? []),
    initialization: initializers.map((varied) => initializationSpread(varied, rule)),
    slowingDown: slowingDown(results.rates),
    singleUnitDeath: singleUnitDeath(results.death),
    timeCourses: networks.flatMap((arm) => timeCourse(arm) ?? []),
    factors: factors.map(({ label, arms }) => {
      const outcomes = arms.map((arm) => armOutcome(arm, rule));
      return { label, arms: outcomes, range: rangeOfMeans(outcomes) };
    }),
    convergence: armConvergences(results),
  };
  return { ...findings, table: findingsTable(findings) };
}
