import { formatMachine } from '../format-machine.js';
import type { Machine } from '../machine.js';
import type { Sides } from './engine-report.js';

export const TABLE_STYLE = { head: [], border: [], compact: true };

/** The machine and who was compared on it, line by line. */
export function formatSides({ machine, ours, pytorch }: Sides & { readonly machine: Machine }): readonly string[] {
  return [
    formatMachine(machine),
    `ours: ONNX Runtime ${ours.version}, ${ours.device}`,
    'unavailable' in pytorch
      ? `PyTorch: NOT COMPARED. ${pytorch.unavailable}`
      : `PyTorch: ${pytorch.torch}, Python ${pytorch.python}, NumPy ${pytorch.numpy}, own kernels ${pytorch.capability}`,
  ];
}
