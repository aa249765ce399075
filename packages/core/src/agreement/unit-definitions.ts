/** The definitions of a unit that does not work, in the order in which they are shown; each is a set of units. */
export const UNIT_DEFINITIONS = [
  'never-fired',
  'nearly-dead',
  'dormant',
  'silent',
  'constant',
  'certified-dead',
  'gradient-dead',
] as const;
export type UnitDefinition = (typeof UNIT_DEFINITIONS)[number];

/** A definition in words. */
export function nameOfDefinition(definition: UnitDefinition): string {
  return definition.replace('-', ' ');
}

/** Which units of a site each definition flags, as far as the record can tell. A definition that it can't judge is absent. */
export type UnitFlags = Partial<Readonly<Record<UnitDefinition, readonly boolean[]>>>;
