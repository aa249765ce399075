/** Some units of some sites: the site's name → unit numbers, ascending, at least one. In the order of the network's sites. */
export type UnitSelection = ReadonlyMap<string, readonly number[]>;

export function countUnits(selection: UnitSelection): number {
  return [...selection.values()].reduce((total, units) => total + units.length, 0);
}

/** The part of a selection that lies at one site. */
export function atSite(selection: UnitSelection, site: string): UnitSelection {
  const units = selection.get(site);
  return new Map(units ? [[site, units]] : []);
}
