import { formatCount, formatNumber } from '../../html/format.js';
import { renderFigure } from '../../html/figure.js';
import { label } from '../../html/label.js';
import { markup } from '../../html/markup.js';
import { renderTable } from '../../html/table.js';
import { note, type Section } from '../../sections/section.js';
import { armsForestChart } from '../charts/arms-forest-chart.js';
import { timeCourseChart } from '../charts/time-course-chart.js';
import type { OverSeeds, PaperFindings } from '../findings.js';
import type { StudyResults } from '../study-results.js';
import { estimateCell, signed } from '../told.js';
import { armsTable } from './arms-table.js';

/** When in training the fall happens. */
export function timeCourseSection({ timeCourses }: PaperFindings): Section {
  const epochs = (value: OverSeeds | null) => estimateCell(value, formatNumber);
  return {
    id: 'time-course',
    title: 'When Pr[y>0] falls',
    body:
      timeCourses.length === 0
        ? note('No network of this study has a completed run.')
        : markup`${renderFigure(timeCourseChart(timeCourses), 'through-training')}
          ${renderTable(
            {
              columns: [
                { label: 'network', as: 'text' },
                { label: 'fall of the mean', as: 'text' },
                { label: 'epochs until half of it', as: 'text' },
                { label: 'until nine tenths', as: 'text' },
                { label: 'runs', as: 'number' },
              ],
              rows: timeCourses.map(({ network, fall, half, most }) => [
                label(network, 80),
                estimateCell(fall, signed),
                epochs(half),
                epochs(most),
                formatCount(fall.runs),
              ]),
            },
            'The fall by network',
          )}
          ${note('The first time at which so much of the fall from the first to the last measurement is over, along straight lines between measurements; of the runs in which it falls.')}`,
  };
}

/** What other settings make of it. */
export function factorsSection({ factors }: PaperFindings, studied: StudyResults['factors']): Section {
  return {
    id: 'factors',
    title: 'What other settings make of it',
    body:
      factors.length === 0
        ? note('No other setting was varied.')
        : markup`<p>One setting at a time is changed; all else is as in the experiment of the study.</p>
            ${factors.map(({ label: factor, arms, range }, index) => {
              if (range === null) return undefined;
              const chart = armsForestChart('mean', arms, studied[index]!.arms, {
                title: `Pr[y>0] at the end by ${label(factor, 60)}`,
                summary: `${arms.map((arm) => `${label(arm.label, 60)}: ${estimateCell(arm.mean)}`).join('; ')}.`,
                rows: label(factor, 60),
              });
              return renderFigure(chart, `factor-${index + 1}`);
            })}
            ${renderTable(armsTable(factors, 'value'), 'Settings')}`,
  };
}
