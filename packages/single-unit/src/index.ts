export { default as singleUnitModule } from './plugin.js';
export { singleUnitSimulation } from './simulation/single-unit-simulation.js';
export { singleUnitOptionsSchema, type SingleUnitOptions } from './simulation/options.js';
