export { renderReport, type ReportOptions } from './render-report.js';
export type { LayerReport, RunReport } from './run-report.js';
export { summarizeRun } from './summarize-run.js';
