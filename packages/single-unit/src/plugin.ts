import { Simulation } from '@reluctant/core';
import { ContainerModule } from 'inversify';
import { singleUnitSimulation } from './simulation/single-unit-simulation.js';

export default new ContainerModule(({ bind }) => {
  bind(Simulation).toConstantValue(singleUnitSimulation);
});
