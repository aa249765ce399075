import { Probe } from '@reluctant/core';
import { ContainerModule } from 'inversify';
import { activationProbability } from './activation-probability/activation-probability.js';
import { activationStats } from './activation-stats/activation-stats.js';
import { deadUnits } from './dead-units/dead-units.js';
import { dormant } from './dormant/dormant.js';
import { unitLifecycle } from './unit-lifecycle/unit-lifecycle.js';

export default new ContainerModule(({ bind }) => {
  for (const probe of [activationProbability, deadUnits, dormant, activationStats, unitLifecycle]) {
    bind(Probe).toConstantValue(probe);
  }
});
