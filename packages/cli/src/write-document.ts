import { basename, dirname, extname, join } from 'node:path';
import { renderMarkdown, renderPage, type ReportDocument } from '@reluctant/report';
import { writeCharts } from './write-charts.js';
import { writeFileAtomic } from './write-file.js';

/** Formats of a whole report. */
export const DOCUMENT_FORMATS = ['html', 'md'] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

export function isDocumentFormat(format: string): format is DocumentFormat {
  return (DOCUMENT_FORMATS as readonly string[]).includes(format);
}

/**
 * Writes a report: as one HTML file, or as Markdown with its charts and their numbers in a folder beside it, `<name>-charts`.
 * @returns the file's path
 * @throws `STORE_FAILED`
 */
export async function writeDocument(document: ReportDocument, format: DocumentFormat, out: string): Promise<string> {
  if (format === 'html') return writeFileAtomic(out, renderPage(document), 'The report');
  const folder = `${basename(out, extname(out))}-charts`;
  for (const kind of ['svg', 'csv'] as const) await writeCharts(document, kind, join(dirname(out), folder));
  return writeFileAtomic(out, await renderMarkdown(document, folder), 'The report');
}
