import type { RunReader } from '@reluctant/core';
import { composeReport, type ReportDocument, type ReportOptions } from './compose-report.js';
import { page } from './html/page.js';

/** One self-contained HTML page: no request, light and dark, complete without its script. The same runs give the same bytes. */
export function renderPage({ title, body }: ReportDocument): string {
  return page(title, body);
}

/** `composeReport` and `renderPage` at once. */
export async function renderReport(readers: readonly RunReader[], options: ReportOptions = {}): Promise<string> {
  return renderPage(await composeReport(readers, options));
}
