import type { FindingRow, PaperFindings } from '../findings.js';
import { insideOrOutside, overSeedsTold, signed } from '../told.js';
import { formatCount, formatNumber, formatProbability, plural } from '../../html/format.js';

const CLAIMS = {
  F1: 'Pr[y>0] < 0.5 at convergence in layers without skip connections',
  F2: 'Pr[y>0] falls from input to output',
  F3: 'skip connections change it',
  F4: 'whatever way the weights are initialised',
  F5: 'a single unit converges the slower the less it fires',
  F6: 'a single unit dies, whatever its initialisation',
} as const;

/** The findings in a line each, in the order of the paper; what the study did not ask is said to be not tested. */
export function findingsTable(findings: Omit<PaperFindings, 'table'>): readonly FindingRow[] {
  const rows = [
    ...findings.belowHalf.map((one) =>
      row(
        'F1',
        one.network,
        `${overSeedsTold(one.mean)}, of which ${formatCount(one.converged)} converged; ${below(one)}`,
        one.verdict,
      ),
    ),
    ...findings.fallWithDepth
      .filter(({ of }) => of === 'no skip')
      .map((one) => {
        const result = `τ ${overSeedsTold(one.tau, signed)}; ${signed(one.change.mean)} from the first to the last of ${plural(one.sites, 'site')}`;
        return row('F2', one.network, result, one.verdict);
      }),
    ...findings.skipEffects.map((one) => {
      const places = one.places
        .filter(({ place }) => place !== 'elsewhere')
        .map(
          ({ place, difference }) =>
            `${place === 'all' ? 'all sites' : place} ${overSeedsTold(difference, signed, 'pair')}`,
        );
      return row('F3', one.label, `with minus without: ${places.join('; ')}`, one.verdict);
    }),
    ...findings.initialization.map((one) => row('F4', one.label, spread(one), one.verdict)),
    ...(findings.slowingDown
      ? [row('F5', 'single unit', slowing(findings.slowingDown), findings.slowingDown.verdict)]
      : []),
    ...(findings.singleUnitDeath
      ? [row('F6', 'single unit', death(findings.singleUnitDeath), findings.singleUnitDeath.verdict)]
      : []),
  ];
  return (Object.keys(CLAIMS) as FindingRow['id'][]).flatMap((id) => {
    const found = rows.filter((one) => one.id === id);
    return found.length > 0 ? found : [row(id, '–', '–', 'not tested')];
  });
}

function row(id: FindingRow['id'], where: string, result: string, verdict: FindingRow['verdict']): FindingRow {
  return { id, claim: CLAIMS[id], where, result, verdict };
}

function below({ below: count, sites, behindSkips }: PaperFindings['belowHalf'][number]): string {
  const skips = behindSkips ? `; behind skips ${formatProbability(behindSkips.mean)}` : '';
  return `${formatCount(count)} of ${plural(sites, 'site')} below 0.5${skips}`;
}

function spread({ arms, activation, dead }: PaperFindings['initialization'][number]): string {
  const means = arms.flatMap(({ mean }) => mean?.mean ?? []);
  if (means.length === 0) return 'every run diverged';
  const parts = [
    `means ${formatProbability(Math.min(...means))} to ${formatProbability(Math.max(...means))} of ${plural(arms.length, 'initializer')}`,
  ];
  if (activation) {
    const { lower, upper } = activation.interval;
    parts.push(
      `standard deviation ${formatNumber(activation.between)} between, ${formatNumber(activation.within)} within: ` +
        `${formatNumber(activation.share)} of the variance between, ${formatNumber(lower)} … ${formatNumber(upper)}`,
    );
  }
  if (dead) parts.push(`dead share ${formatNumber(dead.between)} between, ${formatNumber(dead.within)} within`);
  return parts.join('; ');
}

function slowing({ theory, simulated }: NonNullable<PaperFindings['slowingDown']>): string {
  const predicted = `theory ${signed(theory)}`;
  if (!simulated) return `time constant as p to the power of ${predicted}; not simulated`;
  const { value, lower, upper } = simulated;
  return `time constant as p to the power of ${signed(value)}, ${signed(lower)} … ${signed(upper)}; ${predicted}, ${insideOrOutside(theory, simulated)}`;
}

function death({ rows }: NonNullable<PaperFindings['singleUnitDeath']>): string {
  const shares = rows.map(({ initialization, share: { mean, lower, upper } }) => {
    return `${initialization} ${formatProbability(mean)}, ${formatProbability(lower)} … ${formatProbability(upper)}`;
  });
  return `dead: ${shares.join('; ')}`;
}
