import { timeConstant } from '../theory/rates/convergence-rates.js';
import { format, information, warning } from '../comparison/wording.js';
import type { MeasuredRow } from './measured-rows.js';
import { powerLaw, type PowerLaw } from './power-law.js';
import type { RatesOptions } from './rates-options.js';

/** Exponents of the slow time constant as a power of Pr[y>0]. No power law holds: they depend on the range. */
export function exponents(
  { stepSize }: RatesOptions,
  rows: readonly MeasuredRow[],
): { theory: PowerLaw; simulated?: PowerLaw } {
  const estimates = rows.flatMap(({ probability, simulated }) => (simulated ? [{ probability, simulated }] : []));
  return {
    theory: powerLaw(rows.map(({ probability, rates }) => [probability, timeConstant(stepSize, rates.slow)])),
    ...(estimates.length > 1 && {
      simulated: powerLaw(
        estimates.map(({ probability, simulated }) => [probability, simulated.value]),
        estimates.map(({ simulated }) => simulated.standardError / simulated.value),
      ),
    }),
  };
}

/** How the time constants grow, and where theory does not hold. */
export function ratesNotes(
  { stepSize }: RatesOptions,
  rows: readonly MeasuredRow[],
  { theory, simulated }: ReturnType<typeof exponents>,
) {
  const stuck = rows.filter(({ meanField }) => meanField === undefined).map(({ probability }) => probability);
  const beyond = rows.filter(({ stepSizeBound }) => stepSize >= stepSizeBound);
  return [
    information(
      `Over this range the slow time constant grows as Pr[y>0] to the power ${format(theory.exponent)} by theory` +
        (simulated ? `, ${format(simulated.exponent)} ± ${format(simulated.standardError!)} as simulated` : '') +
        '. It is no power law: in the plane of w and b it tends to a⁴/p, across it is 1/p exactly.',
    ),
    ...(stuck.length > 0
      ? [information(`From this start the mean field does not come within −50 dB at Pr[y>0] = ${stuck.join(', ')}.`)]
      : []),
    ...beyond.map(({ probability, stepSizeBound }) =>
      warning(
        `At Pr[y>0] = ${probability} the step size ${stepSize} is beyond the stability bound ${format(stepSizeBound)}.`,
      ),
    ),
    ...rows.flatMap(({ probability, meanField, simulated, stepSizeBound }) => {
      if (meanField === undefined || simulated === undefined) return [];
      if (simulated.lower <= meanField && meanField <= simulated.upper) return [];
      const deviation = Math.abs(meanField - simulated.value) / simulated.standardError;
      return [
        information(
          `At Pr[y>0] = ${probability} the mean field lies outside the simulated band, by ${format(deviation)} standard errors: it ` +
            `is the limit of small steps, and ${stepSize} is ${format((100 * stepSize) / stepSizeBound)} % of the stability ` +
            'bound there. The difference shrinks with the step size.',
        ),
      ];
    }),
  ];
}
