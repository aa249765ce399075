export { engineConformance } from './conformance/engine-conformance.js';
export { expectReluctantError } from './expect-reluctant-error.js';
