import type { Parameter } from '../graph/graph.js';
import type { OptimizerSpec } from './optimizer-spec.js';

/**
 * Elementwise arithmetic over some kind of tensor `T` (typed arrays, tfjs tensors, nodes of an ONNX graph), with scalars
 * broadcast. An update rule is written once against it and runs on every engine.
 */
export interface Algebra<T> {
  constant(value: number): T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  sqrt(a: T): T;
}

/** Of plain numbers. */
export const numberAlgebra: Algebra<number> = {
  constant: (value) => value,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  sqrt: Math.sqrt,
};

export interface UpdateArguments<T> {
  readonly weight: T;
  readonly gradient: T;
  readonly slots: Readonly<Record<string, T>>;
  /** The values of `scalars(…)`, as scalar tensors. */
  readonly scalars: Readonly<Record<string, T>>;
  /** Weight decay coefficient λ of this parameter; 0 for none. */
  readonly decay: number;
}

/** One step of an optimizer as a pure function: (weight, gradient, slots, scalars) → (weight, slots). */
export interface UpdateRule {
  /** Names of the per-parameter state tensors; all have the weight's shape and start at zero. */
  readonly slots: readonly string[];
  /** The scalars that vary with the step, computed on the host. `step` counts the steps already taken. */
  scalars(learningRate: number, step: number): Readonly<Record<string, number>>;
  update<T>(math: Algebra<T>, of: UpdateArguments<T>): { weight: T; slots: Record<string, T> };
}

/** λ for a parameter: `decayOn: kernels` spares biases and batch-norm parameters. */
export function decayOf(spec: OptimizerSpec, parameter: Parameter): number {
  return spec.decayOn === 'all' || parameter.role === 'kernel' ? spec.weightDecay : 0;
}

/** g + λw: weight decay as an L2 term of the loss. */
function decayed<T>(math: Algebra<T>, { weight, gradient, decay }: UpdateArguments<T>): T {
  return decay === 0 ? gradient : math.add(gradient, math.mul(math.constant(decay), weight));
}

const learningRateOnly = (learningRate: number) => ({ learningRate });

const sgd: UpdateRule = {
  slots: [],
  scalars: learningRateOnly,
  update: (math, of) => ({
    weight: math.sub(of.weight, math.mul(of.scalars.learningRate, decayed(math, of))),
    slots: {},
  }),
};

/** v ← m·v + g; w ← w − η·v, or with Nesterov's look-ahead w ← w − η·(g + m·v) (Sutskever et al. 2013, as in PyTorch). */
function momentumRule(momentum: number, nesterov: boolean): UpdateRule {
  return {
    slots: ['velocity'],
    scalars: learningRateOnly,
    update(math, of) {
      const gradient = decayed(math, of);
      const m = math.constant(momentum);
      const velocity = math.add(math.mul(m, of.slots.velocity), gradient);
      const direction = nesterov ? math.add(gradient, math.mul(m, velocity)) : velocity;
      return { weight: math.sub(of.weight, math.mul(of.scalars.learningRate, direction)), slots: { velocity } };
    },
  };
}

interface AdamConstants {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Adam (Kingma & Ba 2015, algorithm 1); decoupled: AdamW (Loshchilov & Hutter 2019), decay scaled by the learning rate. */
function adamRule({ beta1, beta2, epsilon }: AdamConstants, decoupled: boolean): UpdateRule {
  return {
    slots: ['firstMoment', 'secondMoment'],
    scalars: (learningRate, step) => ({
      learningRate,
      firstCorrection: 1 / (1 - beta1 ** (step + 1)),
      secondCorrection: 1 / (1 - beta2 ** (step + 1)),
    }),
    update(math, of) {
      const { learningRate, firstCorrection, secondCorrection } = of.scalars;
      const gradient = decoupled ? of.gradient : decayed(math, of);
      const average = (decay: number, old: typeof gradient, now: typeof gradient) =>
        math.add(math.mul(math.constant(decay), old), math.mul(math.constant(1 - decay), now));
      const firstMoment = average(beta1, of.slots.firstMoment, gradient);
      const secondMoment = average(beta2, of.slots.secondMoment, math.mul(gradient, gradient));
      const scale = math.add(math.sqrt(math.mul(secondMoment, secondCorrection)), math.constant(epsilon));
      const step = math.mul(learningRate, math.div(math.mul(firstMoment, firstCorrection), scale));
      const shrunk =
        decoupled && of.decay !== 0
          ? math.sub(of.weight, math.mul(math.mul(learningRate, math.constant(of.decay)), of.weight))
          : of.weight;
      return { weight: math.sub(shrunk, step), slots: { firstMoment, secondMoment } };
    },
  };
}

/** s ← ρs + (1 − ρ)g²; w ← w − η·g/(√s + ε) (Tieleman & Hinton 2012, with PyTorch's place for ε). */
function rmspropRule(rho: number, epsilon: number): UpdateRule {
  return {
    slots: ['meanSquare'],
    scalars: learningRateOnly,
    update(math, of) {
      const gradient = decayed(math, of);
      const meanSquare = math.add(
        math.mul(math.constant(rho), of.slots.meanSquare),
        math.mul(math.constant(1 - rho), math.mul(gradient, gradient)),
      );
      const scaled = math.div(gradient, math.add(math.sqrt(meanSquare), math.constant(epsilon)));
      return { weight: math.sub(of.weight, math.mul(of.scalars.learningRate, scaled)), slots: { meanSquare } };
    },
  };
}

/** The update rule that a spec asks for. */
export function updateRule(spec: OptimizerSpec): UpdateRule {
  switch (spec.kind) {
    case 'sgd':
      return sgd;
    case 'momentum':
      return momentumRule(spec.momentum, false);
    case 'nesterov':
      return momentumRule(spec.momentum, true);
    case 'adam':
      return adamRule(spec, false);
    case 'adamw':
      return adamRule(spec, true);
    case 'rmsprop':
      return rmspropRule(spec.rho, spec.epsilon);
  }
}

/** Name under which a slot is kept in the state: `optimizer/velocity/conv1/kernel`. */
export function slotName(slot: string, parameter: string): string {
  return `optimizer/${slot}/${parameter}`;
}

/** The parameter that a slot belongs to, from its name in the state; undefined for what is no slot. */
export function parameterOfSlot(name: string): string | undefined {
  return /^optimizer\/[^/]+\/(.+)$/.exec(name)?.[1];
}
