import {
  ACTIVATION_LEVELS,
  mean,
  mergeTaps,
  UNIT_STATISTICS,
  type Probe,
  type Reading,
  type ReluSite,
} from '@reluctant/core';
import fc from 'fast-check';
import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { activationHistogram } from './activation-histogram/activation-histogram.js';
import { activationProbability } from './activation-probability/activation-probability.js';
import { activationStats } from './activation-stats/activation-stats.js';
import { deadUnits } from './dead-units/dead-units.js';
import { dormant } from './dormant/dormant.js';
import { gradient } from './gradient/gradient.js';
import { positionActivation } from './position-activation/position-activation.js';
import { silence } from './silence/silence.js';
import { preActivation } from './pre-activation/pre-activation.js';
import { anyLooks, samplesOf, type Activations } from './testing/engine-double.js';
import { outputsOf, readingsBySite } from './testing/outputs-of.js';
import { residualSites } from './testing/residual-sites.js';
import { unitLifecycle } from './unit-lifecycle/unit-lifecycle.js';

const oneLook = anyLooks(residualSites, 1);

/** All elements of one unit, over images and positions. */
const elementsOf = (activations: Activations, unit: number) =>
  activations.flatMap((positions) => positions.map((units) => units[unit]));
const unitsOf = (site: ReluSite) => Array.from({ length: site.units }, (_, unit) => unit);
const expectAllClose = (actual: readonly number[], expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, unit) => expect(value).toBeCloseTo(expected[unit], 10));
};

/** Checks a probe's reading of every site against the site's raw activations. */
function checkDefinition<O>(
  probe: Probe<O>,
  options: object,
  check: (reading: Reading, activations: Activations, site: ReluSite) => void,
): void {
  fc.assert(
    fc.property(oneLook, (looks) => {
      const taps = probe.taps(residualSites, probe.options.parse(options));
      const readings = readingsBySite(outputsOf(probe, samplesOf(looks, residualSites, taps), residualSites, options));
      expect(Object.keys(readings)).toEqual(residualSites.map((site) => site.name));
      for (const site of residualSites) {
        const activations = looks[0].bySite[site.name];
        expect(readings[site.name].images).toBe(activations.length);
        check(readings[site.name], activations, site);
      }
    }),
  );
}

describe('every probe, on activations counted by hand', () => {
  it('activation-probability: share of elements above zero', () => {
    checkDefinition(activationProbability, { training: false }, ({ units, layer }, activations, site) => {
      const shares = unitsOf(site).map((unit) => {
        const elements = elementsOf(activations, unit);
        return elements.filter((y) => y > 0).length / elements.length;
      });
      expectAllClose(units.pr, shares);
      shares.forEach((share, unit) => {
        expect(units.prLower[unit]).toBeLessThanOrEqual(share);
        expect(units.prUpper[unit]).toBeGreaterThanOrEqual(share);
      });
      expect(units.fired).toEqual(
        unitsOf(site).map((unit) => elementsOf(activations, unit).filter((y) => y > 0).length),
      );
      expect(units.imagesFired).toEqual(
        unitsOf(site).map((unit) => activations.filter((image) => elementsOf([image], unit).some((y) => y > 0)).length),
      );
      expect(layer.mean).toBeCloseTo(mean(shares), 10);
      expect(layer.min).toBe(Math.min(...shares));
      expect(layer.max).toBe(Math.max(...shares));
      expect(layer.belowHalf).toBe(shares.filter((share) => share < 0.5).length / shares.length);
      expect(layer.elements).toBe(activations.length * site.positions);
      const quartiles = [layer.min, layer.lowerQuartile, layer.median, layer.upperQuartile, layer.max];
      expect(quartiles).toEqual([...quartiles].sort((a, b) => a - b));
    });
  });

  it('dead-units: no element above zero; few elements above zero', () => {
    const epsilon = 0.3;
    checkDefinition(deadUnits, { epsilon }, ({ units, layer }, activations, site) => {
      const dead = unitsOf(site).map((unit) => elementsOf(activations, unit).every((y) => y <= 0));
      const nearly = unitsOf(site).map(
        (unit) => mean(elementsOf(activations, unit).map((y) => Number(y > 0))) < epsilon,
      );
      expect(units.neverFired).toEqual(dead.map(Number));
      expect(units.nearlyDead).toEqual(nearly.map(Number));
      expect(layer.neverFired).toBe(dead.filter(Boolean).length);
      expect(layer.nearlyDead).toBe(nearly.filter(Boolean).length);
      expect(layer.units).toBe(site.units);
      dead.forEach((isDead, unit) => {
        if (isDead) expect(units.imageFireUpper[unit]).toBeCloseTo(1 - 0.05 ** (1 / activations.length), 12);
        else expect(units.imageFireUpper[unit]).toBeGreaterThan(layer.neverFiredUpper);
      });
    });
  });

  it("dormant: mean activation at most τ times the layer's", () => {
    const tau = 0.5;
    checkDefinition(dormant, { tau }, ({ units, layer }, activations, site) => {
      const means = unitsOf(site).map((unit) => mean(elementsOf(activations, unit)));
      const scores = means.map((value) => value / (mean(means) + 1e-9));
      expectAllClose(units.score, scores);
      // Scores closer to τ than rounding may fall on either side.
      scores.forEach((score, unit) => {
        if (Math.abs(score - tau) > 1e-6) expect(units.dormant[unit]).toBe(Number(score <= tau));
      });
      expect(layer.dormant).toBe(units.dormant.filter((flag) => flag === 1).length);
    });
  });

  it('activation-stats: moments of the units and of all elements of the layer', () => {
    const deviation = (values: readonly number[]) => Math.sqrt(mean(values.map((y) => (y - mean(values)) ** 2)));
    checkDefinition(activationStats, {}, ({ units, layer }, activations, site) => {
      const perUnit = unitsOf(site).map((unit) => elementsOf(activations, unit));
      expectAllClose(units.mean, perUnit.map(mean)); // prettier-ignore
      expectAllClose(units.meanAbs, perUnit.map(mean)); // prettier-ignore
      expect(units.max).toEqual(perUnit.map((elements) => Math.max(...elements)));
      perUnit.forEach((elements, unit) => expect(units.std[unit]).toBeCloseTo(deviation(elements), 6));
      const all = perUnit.flat();
      expect(layer.mean).toBeCloseTo(mean(all), 10);
      expect(layer.std).toBeCloseTo(deviation(all), 6);
      expect(layer.elementSparsity).toBeCloseTo(all.filter((y) => y === 0).length / all.length, 10);
    });
  });

  it('activation-histogram: share of elements above each level', () => {
    checkDefinition(activationHistogram, {}, ({ layer }, activations, site) => {
      const all = unitsOf(site).flatMap((unit) => elementsOf(activations, unit));
      const above = (level: number) => all.filter((y) => y > level).length / all.length;
      expect(layer['above0']).toBeCloseTo(above(0), 12);
      for (const level of ACTIVATION_LEVELS) expect(layer[`above2^${Math.log2(level)}`]).toBeCloseTo(above(level), 12);
    });
  });

  it('unit-lifecycle: dead where no element is above zero', () => {
    checkDefinition(unitLifecycle, {}, ({ units, layer }, activations, site) => {
      const dead = unitsOf(site).map((unit) => elementsOf(activations, unit).every((y) => y <= 0));
      expect(units.dead).toEqual(dead.map(Number));
      expect(layer.dead + layer.alive).toBe(site.units);
      expect(layer.bornDead).toBe(layer.dead);
    });
  });
});

const probes = [
  activationProbability,
  deadUnits,
  dormant,
  activationStats,
  activationHistogram,
  positionActivation,
  preActivation,
  gradient,
  unitLifecycle,
  silence,
] as Probe<never>[];

describe.each(probes.map((probe) => [probe.kind, probe as Probe<unknown>] as const))('%s', (_, probe) => {
  const options = probe.options.parse({});
  const own = probe.taps(residualSites, options);
  /** As if other probes had asked for everything everywhere. */
  const everything = residualSites.flatMap((site) =>
    (['preactivation', 'activation', 'gradient', 'preactivation-gradient'] as const).flatMap((at) =>
      (['training-step', 'probe-split'] as const).map((on) => ({
        site: site.name,
        at,
        on,
        statistics: UNIT_STATISTICS,
      })),
    ),
  );
  const looks = anyLooks(residualSites, 4);

  it('asks for each site once a series, never twice', () => {
    expect(mergeTaps(own)).toHaveLength(own.length);
    const watched =
      probe === positionActivation ? residualSites.filter(({ positions }) => positions > 1) : residualSites;
    expect(new Set(own.map((tap) => tap.site))).toEqual(new Set(watched.map((site) => site.name)));
  });

  it("says the same whether or not other probes' samples are in the stream", () => {
    fc.assert(
      fc.property(looks, (seen) => {
        const alone = outputsOf(probe, samplesOf(seen, residualSites, own), residualSites);
        const inCompany = outputsOf(
          probe,
          samplesOf(seen, residualSites, mergeTaps([...own, ...everything])),
          residualSites,
        );
        const bySeries = (on: string) =>
          inCompany.filter((output) => output.type !== 'probe.reading' || output.on === on);
        expect(inCompany).toHaveLength(alone.length);
        for (const on of ['training-step', 'probe-split']) {
          expect(bySeries(on)).toEqual(alone.filter((output) => output.type !== 'probe.reading' || output.on === on));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('says the same when a recorded stream is replayed', () => {
    fc.assert(
      fc.property(looks, (seen) => {
        const samples = samplesOf(seen, residualSites, own);
        expect(outputsOf(probe, samples, residualSites)).toEqual(outputsOf(probe, samples, residualSites));
        // The first half of a run says what it says, however the run goes on.
        const half = samples.slice(0, samples.length >> 1);
        const begun = outputsOf(probe, half, residualSites);
        expect(outputsOf(probe, samples, residualSites).slice(0, begun.length)).toEqual(begun);
      }),
      { numRuns: 20 },
    );
  });

  it('says nothing of windows without images', () => {
    const window = { ...samplesOf(fc.sample(looks, 1)[0], residualSites, own)[0], images: 0, elements: 0 };
    expect(outputsOf(probe, [window], residualSites)).toEqual([]);
  });

  it('watches only the selected sites', () => {
    const selected = probe.options.parse({ sites: ['shared', 'block1/relu1'] });
    const expected = ['block1/relu1', 'shared', 'shared#2'];
    expect([...new Set(probe.taps(residualSites, selected).map((tap) => tap.site))]).toEqual(expected);
    const outputs = outputsOf(
      probe,
      samplesOf(fc.sample(looks, 1)[0], residualSites, own),
      residualSites,
      selected as object,
    );
    expect([...new Set(outputs.map((output) => output.site))]).toEqual(expected);
  });

  it('fails where a sample lacks what it needs', () => {
    const [sample] = samplesOf(fc.sample(looks, 1)[0], residualSites, own);
    const errors: unknown[] = [];
    const lacking = { ...sample, values: {} };
    from([lacking])
      .pipe((samples$) => probe.readings(samples$, { sites: residualSites }, options))
      .subscribe({ error: (error) => errors.push(error) });
    expect(errors).toEqual([expect.objectContaining({ code: 'PROBE_FAILED' })]);
  });

  it('describes every option and refuses unknown ones', () => {
    for (const [name, schema] of Object.entries(probe.options.shape)) {
      expect((schema as { description?: string }).description, name).toBeTruthy();
    }
    expect(probe.options.safeParse({ sitse: 'all' }).success).toBe(false);
  });
});
