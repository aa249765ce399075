/** A tensor shape without its batch dimension: [H, W, C] for maps, [F] for vectors. */
export type Shape = readonly number[];

/** Explicit zero padding in pixels. */
export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * One operation of the network. Layouts are tfjs's: activations [batch, H, W, C] or [batch, F]. Weights are named and
 * looked up in `NetworkGraph.parameters`. `same` padding of tfjs has been resolved to explicit numbers.
 */
export type Operation =
  | { readonly op: 'input' }
  /** kernel [kh, kw, in, out] */
  | {
      readonly op: 'conv2d';
      readonly kernel: string;
      readonly bias?: string;
      readonly strides: readonly [number, number];
      readonly padding: Padding;
      readonly dilation: readonly [number, number];
    }
  /** kernel [in, out] */
  | { readonly op: 'dense'; readonly kernel: string; readonly bias?: string }
  /**
   * Over the last axis. Training mode: statistics of the batch (biased variance), and
   * moving ← momentum·moving + (1 − momentum)·batch. Evaluation mode: the moving statistics.
   */
  | {
      readonly op: 'batchNorm';
      readonly gamma?: string;
      readonly beta?: string;
      readonly movingMean: string;
      readonly movingVariance: string;
      readonly epsilon: number;
      readonly momentum: number;
    }
  /** `max` where given clips from above (ReLU6). */
  | { readonly op: 'relu'; readonly max?: number }
  | { readonly op: 'leakyRelu'; readonly alpha: number }
  /**
   * Of a ReLU's input x and its output y, in this order: y + slope·min(x, 0), slope [units] over the last axis. With ReLU's y this is
   * the parametric ReLU (He et al. 2015, arXiv 1502.01852, eq. 1), but that the slopes are not trained. The derivative at 0 is the slope.
   */
  | { readonly op: 'leak'; readonly slope: string }
  | { readonly op: 'sigmoid' }
  | { readonly op: 'tanh' }
  | {
      readonly op: 'maxPool';
      readonly size: readonly [number, number];
      readonly strides: readonly [number, number];
      readonly padding: Padding;
    }
  /** Padding does not count in the average. */
  | {
      readonly op: 'averagePool';
      readonly size: readonly [number, number];
      readonly strides: readonly [number, number];
      readonly padding: Padding;
    }
  | { readonly op: 'globalAveragePool' }
  /** Two or more inputs of one shape. */
  | { readonly op: 'add' }
  /** Along the last axis. */
  | { readonly op: 'concatenate' }
  /** [H, W, C] → [H·W·C], row-major. */
  | { readonly op: 'flatten' }
  | { readonly op: 'zeroPad'; readonly padding: Padding }
  /** Zero channels before and after: [H, W, C] → [H, W, before + C + after]. */
  | { readonly op: 'padChannels'; readonly before: number; readonly after: number }
  /** Inverted dropout: in training, elements are zeroed with probability `rate` and the rest scaled by 1/(1 − rate). */
  | { readonly op: 'dropout'; readonly rate: number };

export type OperationName = Operation['op'];

/** One *call* of a layer (a layer applied twice gives two nodes that share their parameters). */
export interface GraphNode {
  /** Unique; the layer's name, with `#2`, `#3` for later calls and `/relu` for an activation fused into its layer. */
  readonly name: string;
  /** Name of the layer called; nodes of later calls and of fused activations share it. Of nested models: `model/layer`. */
  readonly layer: string;
  readonly operation: Operation;
  /** Names of the nodes whose outputs it takes, in order. */
  readonly inputs: readonly string[];
  /** Output shape without the batch dimension. */
  readonly shape: Shape;
}

export interface Parameter {
  /** `layer/weight`, e.g. `conv1/kernel`, `bn1/movingMean`. Unique. */
  readonly name: string;
  readonly shape: readonly number[];
  /** False for moving statistics and frozen layers: the optimizer leaves them alone. */
  readonly trainable: boolean;
  /** kernel | bias | gamma | beta | movingMean | movingVariance | slope */
  readonly role: ParameterRole;
}
export type ParameterRole = 'kernel' | 'bias' | 'gamma' | 'beta' | 'movingMean' | 'movingVariance' | 'slope';

/** A network as plain data: what engines compile or interpret. Nodes are in topological order, the input first. */
export interface NetworkGraph {
  readonly nodes: readonly GraphNode[];
  readonly parameters: readonly Parameter[];
  /** Name of the input node. */
  readonly input: string;
  /** Name of the node whose output is the logits, [batch, classes]. A final softmax of the model is left out. */
  readonly output: string;
}
