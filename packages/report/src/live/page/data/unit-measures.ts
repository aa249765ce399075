import type { UnitActivation } from '../../../charts/unit-activation-chart.js';
import type { UnitDetail } from '../../api.js';

type Measures = UnitDetail['measures'];

/** The probability of activation in each series, with its interval, and all else that was measured. */
export function sortMeasures(measures: Measures): {
  readonly activations: readonly UnitActivation[];
  readonly others: Measures;
} {
  const isActivation = ({ probe, measure }: Measures[number]) =>
    probe === 'activation-probability' && ['pr', 'prLower', 'prUpper'].includes(measure);
  const shown = measures.filter(isActivation);
  const activations = shown
    .filter(({ measure }) => measure === 'pr')
    .map(({ on, epochs, values }) => {
      const bound = (name: string) => shown.find((other) => other.on === on && other.measure === name)?.values ?? [];
      return { on, epochs, pr: values, lower: bound('prLower'), upper: bound('prUpper') };
    });
  return { activations, others: measures.filter((measure) => !isActivation(measure)) };
}
