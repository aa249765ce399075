import { Simulation } from '@reluctant/core';
import { ContainerModule } from 'inversify';
import { singleUnitDeath } from './death/death-simulation.js';
import { singleUnitEvolution } from './evolution/evolution-simulation.js';
import { singleUnitFit } from './fit/fit-simulation.js';
import { singleUnitMap } from './map/map-simulation.js';
import { singleUnitRates } from './rates/rates-simulation.js';
import { singleUnitSimulation } from './simulation/single-unit-simulation.js';

export default new ContainerModule(({ bind }) => {
  bind(Simulation).toConstantValue(singleUnitSimulation);
  bind(Simulation).toConstantValue(singleUnitEvolution);
  bind(Simulation).toConstantValue(singleUnitDeath);
  bind(Simulation).toConstantValue(singleUnitFit);
  bind(Simulation).toConstantValue(singleUnitMap);
  bind(Simulation).toConstantValue(singleUnitRates);
});
