export { renderReport, type ReportOptions } from './render-report.js';
export type { InspectUnit, Picture, UnitImages } from './live/api.js';
export type { CellReport, LayerReport, RunReport, TheoryReport } from './run-report.js';
export { summarizeRun } from './summarize-run.js';
