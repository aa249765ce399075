export { composeReport, type ReportDocument, type ReportOptions } from './compose-report.js';
export {
  CHART_FORMATS,
  chartsOf,
  renderCharts,
  type ChartFile,
  type ChartFormat,
  type ChartOptions,
} from './render-charts.js';
export { renderMarkdown } from './render-markdown.js';
export { renderPage, renderReport } from './render-report.js';
export type { InspectUnit, Picture, UnitImages } from './live/api.js';
export { startLiveServer, type LiveServer, type LiveServerOptions } from './live/server/live-server.js';
export { isLoopback } from './live/server/admission.js';
export type { CellReport, LayerReport, RunReport, TheoryReport } from './run-report.js';
export { summarizeRun } from './summarize-run.js';
export { runTotals } from './paper/findings/convergence.js';
export { findingsOf } from './paper/findings/findings-of.js';
export type * from './paper/findings.js';
export type * from './paper/study-results.js';
export { readTrainedRun } from './paper/trained-run.js';
export { composePaperReport } from './paper/compose-paper-report.js';
