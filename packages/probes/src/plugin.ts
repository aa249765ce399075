import { Probe } from '@reluctant/core';
import { ContainerModule } from 'inversify';
import { activationHistogram } from './activation-histogram/activation-histogram.js';
import { activationProbability } from './activation-probability/activation-probability.js';
import { activationStats } from './activation-stats/activation-stats.js';
import { batchNormTheory } from './batch-norm-theory/batch-norm-theory.js';
import { certifiedDead } from './certified-dead/certified-dead.js';
import { deadUnits } from './dead-units/dead-units.js';
import { dormant } from './dormant/dormant.js';
import { gradient } from './gradient/gradient.js';
import { positionActivation } from './position-activation/position-activation.js';
import { preActivation } from './pre-activation/pre-activation.js';
import { silence } from './silence/silence.js';
import { unitLifecycle } from './unit-lifecycle/unit-lifecycle.js';
import { utility } from './utility/utility.js';

export default new ContainerModule(({ bind }) => {
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
    certifiedDead,
    batchNormTheory,
    utility,
  ];
  for (const probe of probes) bind(Probe).toConstantValue(probe);
});
