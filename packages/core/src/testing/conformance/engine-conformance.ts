import { describe } from 'vitest';
import type { Engine } from '../../engine/engine.js';
import { EngineBench } from './engine-bench.js';
import { pytorchSuite } from './pytorch-suite.js';

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
export function engineConformance(name: string, create: () => Engine): void {
  describe(`the engine contract, held by "${name}"`, () => {
    const bench = new EngineBench(create);
    pytorchSuite(bench);
  });
}
