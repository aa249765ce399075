/** Where in a run: `epoch 8 (step 240)`. */
export function place({ epoch, step }: { readonly epoch: number; readonly step: number }): string {
  return `epoch ${epochs(epoch)} (step ${step})`;
}

/** A number of epochs without the noise of a fraction. */
export function epochs(value: number): string {
  return String(Number(value.toFixed(3)));
}
