import { ReluctantError, RunStore, type RunReader } from '@reluctant/core';
import { CHART_FORMATS, chartsOf, composeReport, type ChartFormat, type ReportDocument } from '@reluctant/report';
import { ProgressDisplay } from '../output/progress-display.js';
import { formatTable } from '../output/table.js';
import { plainText } from '../output/plain-text.js';
import { writeCharts } from '../write-charts.js';
import { DOCUMENT_FORMATS, isDocumentFormat, writeDocument, type DocumentFormat } from '../write-document.js';
import { besideRecord } from '../write-report.js';
import type { CommandContext } from './command-context.js';

export const REPORT_FORMATS = [...DOCUMENT_FORMATS, ...CHART_FORMATS] as const;

export interface ReportCommandOptions {
  readonly format: (typeof REPORT_FORMATS)[number];
  readonly out?: string;
  readonly chart?: string;
  readonly scale?: number;
}

/** `reluctant report RUN…`: one file about one or more runs, finished or not, or a file for each of their charts. */
export async function report(
  context: CommandContext,
  runs: readonly string[],
  options: ReportCommandOptions,
): Promise<void> {
  const { format, chart } = options;
  requireFitting(options);
  const store = context.container.get(RunStore);
  const readers = await Promise.all(runs.map((run) => store.open(run)));
  const document = await compose(context, readers);
  if (chart === 'help') return tellCharts(context, document);
  if (isDocumentFormat(format)) return writeWhole(context, document, readers, { ...options, format });
  return writeChartFiles(context, document, readers, { ...options, format });
}

function requireFitting({ format, chart, scale }: ReportCommandOptions): void {
  const whole = isDocumentFormat(format);
  if (whole && chart !== undefined && chart !== 'help') {
    throw new ReluctantError(
      'USAGE',
      `--chart takes one chart out of a report: add --format ${CHART_FORMATS.join(', ')}.`,
    );
  }
  if (format !== 'png' && scale !== undefined) {
    throw new ReluctantError('USAGE', '--scale is for --format png: the other formats have no pixels.');
  }
}

async function compose({ output }: CommandContext, readers: readonly RunReader[]): Promise<ReportDocument> {
  const display = new ProgressDisplay(output);
  display.preparing(readers.length === 1 ? 'Reading the record' : 'Reading the records');
  try {
    return await composeReport(readers);
  } finally {
    display.stop();
  }
}

function tellCharts({ output }: CommandContext, document: ReportDocument): void {
  const charts = chartsOf(document);
  output.printJson({ charts });
  output.print(
    formatTable(
      ['chart', 'title'],
      charts.map(({ id, title }) => [plainText(id, 200), plainText(title, 100)]),
    ),
  );
}

async function writeWhole(
  { output }: CommandContext,
  document: ReportDocument,
  readers: readonly RunReader[],
  {
    format,
    out = besideRecord(readers, `report.${format}`),
  }: Pick<ReportCommandOptions, 'out'> & { readonly format: DocumentFormat },
): Promise<void> {
  const file = await writeDocument(document, format, out);
  output.printJson({ report: file, runs: document.runs });
  output.print(file);
}

async function writeChartFiles(
  { output }: CommandContext,
  document: ReportDocument,
  readers: readonly RunReader[],
  {
    format,
    chart,
    scale,
    out = besideRecord(readers, 'charts'),
  }: ReportCommandOptions & { readonly format: ChartFormat },
): Promise<void> {
  if (chartsOf(document, chart).length === 0) throw noChart(document, chart);
  const charts = await writeCharts(document, format, out, { chart, scale });
  output.printJson({ charts });
  output.print(charts.map(({ file }) => file).join('\n'));
}

function noChart(document: ReportDocument, chart: string | undefined): ReluctantError {
  const ids = chartsOf(document).map(({ id }) => id);
  if (ids.length === 0) return new ReluctantError('USAGE', 'These runs recorded nothing that a chart could show.');
  return new ReluctantError(
    'USAGE',
    `There is no chart "${plainText(chart ?? '', 100)}". There are:\n  ${ids.join('\n  ')}`,
  );
}
