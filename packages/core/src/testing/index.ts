export { engineConformance } from './conformance/engine-conformance.js';
