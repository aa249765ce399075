import type { Tensor } from '@tensorflow/tfjs-core';
import type { GraphNode, Operation, OperationName } from '../../graph/graph.js';

/** What an operation may need beyond its inputs. */
export interface ForwardContext {
  readonly training: boolean;
  /** Seed of the run and steps taken before this one: what dropout masks derive from. Only read in training. */
  readonly seed: number;
  readonly step: number;
  /** A parameter's present value. A moving statistic that was updated during this pass has its new value. */
  parameter(name: string): Tensor;
  /** Replaces a moving statistic once the step succeeds. */
  updateMovingStatistic(name: string, value: Tensor): void;
}

/** Computes one operation, differentiably, from tensors of shape [batch, ...shape]. */
export type Kernel<N extends OperationName> = (
  inputs: readonly Tensor[],
  operation: Extract<Operation, { op: N }>,
  node: GraphNode,
  context: ForwardContext,
) => Tensor;
