/** What a graph is compiled for. */
export interface Device {
  readonly provider: 'cpu' | 'cuda' | 'webgpu';
  readonly threads: number;
  /** Channels in a block of the runtime's blocked kernels, where they are there and compute rightly. */
  readonly block?: number;
}
