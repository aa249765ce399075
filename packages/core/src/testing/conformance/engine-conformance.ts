import { describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.js';
import { counterSuite } from './counter-suite.js';
import { dropoutSuite } from './dropout-suite.js';
import { EngineBench } from './engine-bench.js';
import { evaluationSuite } from './evaluation-suite.js';
import { exceedanceSuite } from './exceedance-suite.js';
import { extremesSuite } from './extremes-suite.js';
import { gradientSuite } from './gradient-suite.js';
import { imageCountSuite } from './image-count-suite.js';
import { leakSuite } from './leak-suite.js';
import { maskSuite } from './mask-suite.js';
import { pytorchSuite } from './pytorch-suite.js';
import { refusalSuite } from './refusal-suite.js';
import { resourceSuite } from './resource-suite.js';
import { stateSuite } from './state-suite.js';

/**
 * The tests that every engine has to pass, run with the engine's default options:
 *
 * ```ts
 * import { engineConformance } from '@reluctant/core/testing';
 * engineConformance('cpu', () => cpuEngine);
 * ```
 *
 * @param create gives an engine that is available here
 */
export function engineConformance<O>(name: string, create: () => Engine<O>): void {
  describe(`the engine contract, held by "${name}"`, () => {
    // The bench makes the options from the engine's own schema, so their type is of no account here.
    const bench = new EngineBench(create as () => Engine);
    it('is available, under its kind', async () => {
      expect(bench.engine.kind).toBe(name);
      expect(await bench.engine.status(bench.options)).toMatchObject({ available: true, device: expect.any(String) });
    });
    pytorchSuite(bench);
    gradientSuite(bench);
    evaluationSuite(bench);
    maskSuite(bench);
    leakSuite(bench);
    counterSuite(bench);
    imageCountSuite(bench);
    exceedanceSuite(bench);
    dropoutSuite(bench);
    extremesSuite(bench);
    stateSuite(bench);
    refusalSuite(bench);
    resourceSuite(bench);
  });
}
