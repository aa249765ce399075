import { KERNEL_BYTES } from './generated/kernel-bytes.js';

/** What `kernel/src/index.ts` exports. Pointers are byte offsets into its memory. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  configure(settings: number): void;
  advance(trials: number, count: number, stride: number, updates: number, byOrderParameters: boolean): void;
  fillVariates(kind: number, state: number, next: number, out: number, count: number): void;
  fillChiSquares(degrees: number, state: number, next: number, out: number, count: number, scratch: number): void;
  multiplyAdds(times: number): number;
  freeMemory(): number;
}

/** Compiled once a thread: what the engine has learnt to run fast stays fast. */
let compiled: object | undefined;

/** Instantiates the WebAssembly module: one memory of its own. */
export function instantiateKernel(): KernelExports {
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyNamespace }).WebAssembly;
  compiled ??= new Module(Buffer.from(KERNEL_BYTES, 'base64'));
  return new Instance(compiled).exports as KernelExports;
}

/** The little of WebAssembly's interface that is used; TypeScript has it in the library of browsers alone. */
interface WebAssemblyNamespace {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
}
