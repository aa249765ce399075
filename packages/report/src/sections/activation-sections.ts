import { activationByDepthChart } from '../charts/activation-by-depth-chart.js';
import { activationDensityTiles } from '../charts/activation-density-tiles.js';
import { activationOverEpochsChart } from '../charts/activation-over-epochs-chart.js';
import { heatMapTiles } from '../charts/heat-map-tiles.js';
import { histogramTiles } from '../charts/histogram-tiles.js';
import { sortedActivationChart } from '../charts/sorted-activation-chart.js';
import { valueHistogramTiles } from '../charts/value-histogram-tiles.js';
import { renderFigure, renderTiles } from '../html/figure.js';
import { plural } from '../html/format.js';
import { markup } from '../html/markup.js';
import { activationByDepth } from '../queries/activation-by-depth.js';
import { activationDensities } from '../queries/activation-densities.js';
import { activationHistograms } from '../queries/activation-histograms.js';
import { activationOverEpochs } from '../queries/activation-over-epochs.js';
import { depthTrends } from '../queries/depth-trend.js';
import { headlineSeries, SERIES, seriesName } from '../queries/measurements.js';
import type { RunRecord } from '../queries/run-record.js';
import { sortedActivation } from '../queries/sorted-activation.js';
import { unitActivations } from '../queries/unit-activations.js';
import { valueHistograms } from '../queries/value-histograms.js';
import { note, type Section } from './section.js';

/** Pr[y>0] by depth, through training, by unit and as distributions. Nothing where it was not measured. */
export function activationSections(record: RunRecord, run: string): readonly Section[] {
  const measured = SERIES.flatMap((on) => activationByDepth(record, on) ?? []);
  const headline = measured.find((activation) => activation.on === headlineSeries(record, 'activation-probability'));
  if (!headline) return [];
  const through = SERIES.flatMap((on) => activationOverEpochs(record, on) ?? []);
  const units = unitActivations(record, headline.on);
  const values = valueHistograms(record);
  const densities = activationDensities(record, headline.on);
  const of = `N = ${plural(headline.images, 'image')}, ${seriesName(headline.on)}`;
  return [
    {
      id: `${run}.depth`,
      title: 'Activation probability by depth',
      body: markup`${measured.map((activation) =>
        renderFigure(activationByDepthChart(activation, depthTrends(activation)), `${run}.depth-${activation.on}`),
      )}${renderFigure(sortedActivationChart(sortedActivation(headline), of), `${run}.sorted`)}`,
    },
    {
      id: `${run}.through`,
      title: 'Activation probability through training',
      body:
        through.length > 0
          ? markup`${through.map((data) => renderFigure(activationOverEpochsChart(data), `${run}.through-${data.on}`))}
            ${units.length > 0 && renderTiles(heatMapTiles(units, of), `${run}.units`)}
            ${densities.length > 0 && renderTiles(activationDensityTiles(densities, of), `${run}.densities`)}
            ${values.length > 0 && renderTiles(valueHistogramTiles(values, of), `${run}.values`)}`
          : note('Units were measured once, so there is no course to show.'),
    },
    {
      id: `${run}.distribution`,
      title: 'Distributions',
      body: renderTiles(histogramTiles(activationHistograms(headline), of), `${run}.histograms`),
    },
  ];
}
