import { evaluateCases, type EvaluatedCase } from '@reluctant/single-unit';
import { formatTable } from '../../output/table.js';
import { readDocument } from '../../read-document.js';
import type { CommandContext } from '../command-context.js';

/** `reluctant single-unit evaluate FILE`: every closed form at given states. Keeps no record. */
export async function evaluate({ output }: CommandContext, file: string): Promise<void> {
  const evaluated = evaluateCases(await readDocument(file), file);
  output.printJson(evaluated);
  output.print(formatTable(['case', 'a', 'rho', 'Pr[y>0]', 'MSE', '|drift|'], evaluated.cases.map(row)));
}

function row({ a, rho, p, mse, drift }: EvaluatedCase, index: number): readonly string[] {
  return [
    String(index),
    ...[a, rho, p, mse, Math.hypot(...drift)].map((value) => String(Number(value.toPrecision(6)))),
  ];
}
