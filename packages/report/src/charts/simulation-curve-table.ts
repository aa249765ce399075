import { formatNumber } from '../html/format.js';
import { label } from '../html/label.js';
import type { Table } from '../html/table.js';
import type { SimulationCurves } from '../queries/simulation-curves.js';

/** All numbers of a quantity: a row for each group and place of the axis, a column for each theory. */
export function curveTable({ axis, curves, theories }: Omit<SimulationCurves, 'name'>): Table {
  const names = [...new Set(theories.map(({ theory }) => theory))];
  const groups = [...new Set([...curves, ...theories].map(({ group }) => group))];
  return {
    columns: [
      { label: 'group', as: 'text' },
      { label: label(axis, 40), as: 'number' },
      { label: 'mean', as: 'number' },
      { label: 'lower', as: 'number' },
      { label: 'upper', as: 'number' },
      ...names.map((name) => ({ label: label(name, 40), as: 'number' as const })),
    ],
    rows: groups.flatMap((group) => {
      const curve = curves.find((one) => one.group === group);
      const ofGroup = theories.filter((one) => one.group === group);
      const places = [...new Set([curve, ...ofGroup].flatMap((one) => one?.axis.values ?? []))];
      if (ofGroup.length > 0) places.sort((a, b) => a - b);
      return places.map((x) => {
        const at = curve?.axis.values.indexOf(x) ?? -1;
        return [
          label(group, 60) || 'mean',
          formatNumber(x),
          ...[curve?.mean[at], curve?.lower[at], curve?.upper[at]].map(formatNumber),
          ...names.map((name) => {
            const theory = ofGroup.find((one) => one.theory === name);
            return formatNumber(theory?.values[theory.axis.values.indexOf(x)]);
          }),
        ];
      });
    }),
  };
}
