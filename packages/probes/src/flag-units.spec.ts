import { agreement, flagUnits } from '@reluctant/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deadUnits } from './dead-units/dead-units.js';
import { dormant } from './dormant/dormant.js';
import { anyLooks, samplesOf } from './testing/engine-double.js';
import { outputsOf } from './testing/outputs-of.js';
import { residualSites } from './testing/residual-sites.js';

it('flagUnits flags what the probes flag, on the same counters', () => {
  const statistics = ['fired', 'imagesFired', 'sum', 'sumAbs', 'max'] as const;
  const taps = residualSites.map(
    (site) => ({ site: site.name, at: 'activation', on: 'probe-split', statistics }) as const,
  );
  const lenient = { epsilon: 0.3, tau: 0.5 };
  fc.assert(
    fc.property(anyLooks(residualSites, 1), (looks) => {
      for (const activation of samplesOf(looks, residualSites, taps)) {
        const flags = flagUnits({ activation, training: [], readings: [] }, lenient);
        const [dead] = outputsOf(deadUnits, [activation], residualSites, { epsilon: 0.3 });
        const [faint] = outputsOf(dormant, [activation], residualSites, { tau: 0.5 });
        expect(dead).toMatchObject({
          units: {
            neverFired: flags['never-fired']!.map(Number),
            nearlyDead: flags['nearly-dead']!.map(Number),
          },
        });
        expect(faint).toMatchObject({ units: { dormant: flags.dormant!.map(Number) } });
        const elements = looks[0].bySite[activation.site];
        const varies = flags['never-fired']!.map(
          (_, unit) => new Set(elements.flatMap((positions) => positions.map((units) => units[unit]))).size > 1,
        );
        // Values are multiples of 1/64: none varies by less than the tolerance.
        expect(flags.constant).toEqual(varies.map((value) => !value));
        for (const { a, b, containment, flaggedByA } of agreement([flags]).pairs) {
          if (a !== 'never-fired' || flaggedByA === 0) continue;
          expect(['within', 'equal'], b).toContain(containment);
        }
      }
    }),
  );
});
