/** In standard errors. Chance leads one normal deviate in 150,000 farther; some hundreds are compared. */
export const LARGEST_BY_CHANCE = 4.5;
