/** Where runs are kept when `--runs` does not say; an empty variable says nothing. */
export const DEFAULT_RUNS = process.env.RELUCTANT_RUNS || 'runs';
