import { drawLayer, type DrawnLayer, type InterventionContext } from '@reluctant/core';

/** New draws of whole layers, one for each kernel, from which single units take their columns. */
export class FreshLayers {
  private readonly drawn = new Map<string, DrawnLayer>();

  constructor(private readonly context: Pick<InterventionContext, 'state' | 'initializer' | 'random'>) {}

  /** @param kernel its name in the graph */
  of(kernel: string): DrawnLayer {
    const { state, initializer, random } = this.context;
    const drawn = this.drawn.get(kernel) ?? drawLayer(initializer, state[kernel].shape, random(kernel));
    this.drawn.set(kernel, drawn);
    return drawn;
  }
}
