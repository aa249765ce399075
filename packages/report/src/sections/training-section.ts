import { accuracyChart, lossChart } from '../charts/training-curves-chart.js';
import { renderFigure } from '../html/figure.js';
import { markup } from '../html/markup.js';
import type { RunRecord } from '../queries/run-record.js';
import { trainingCurves } from '../queries/training-curves.js';
import { note, type Section } from './section.js';

/** Loss and accuracy. For a network of which no step was recorded it says so; a simulation has none. */
export function trainingSection(record: RunRecord, run: string): readonly Section[] {
  const curves = trainingCurves(record);
  if (!curves && !record.manifest.network) return [];
  const loss = curves && lossChart(curves);
  const accuracy = curves && accuracyChart(curves);
  return [
    {
      id: `${run}.curves`,
      title: 'Training',
      body: curves
        ? markup`${loss ? renderFigure(loss, `${run}.loss`) : note('No finite loss was recorded.')}
          ${accuracy ? renderFigure(accuracy, `${run}.accuracy`) : note('No epoch was completed and nothing was evaluated, so there is no accuracy.')}`
        : note('Not one training step was recorded.'),
    },
  ];
}
