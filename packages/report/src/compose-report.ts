import { ReluctantError, type RunReader } from '@reluctant/core';
import { markup, type Markup } from './html/markup.js';
import { label } from './html/label.js';
import { readRun } from './queries/run-record.js';
import { readSamples } from './queries/run-samples.js';
import { glossary } from './sections/glossary.js';
import { overviewSection } from './sections/overview-section.js';
import { runSection, sectionsOf, type ShownRun } from './sections/run-section.js';
import type { Section } from './sections/section.js';
import type { RunReport } from './run-report.js';
import { runReport } from './summarize-run.js';

export interface ReportOptions {
  /** Title of the page; by default the name of the only run, or the number of runs. */
  readonly title?: string;
}

/** A report that has been read and put together, to be written in one format or several. */
export interface ReportDocument {
  readonly title: string;
  /** What it says of each run, as plain data. */
  readonly runs: readonly RunReport[];
  readonly body: Markup;
}

/**
 * Reads one or more runs, finished or not, and puts together what a report says of them. It depends on the runs alone.
 * Everything that runs bring along (names, messages) is escaped. Rejects with `USAGE` where there is no run, and with a
 * reader's own error.
 */
export async function composeReport(
  readers: readonly RunReader[],
  options: ReportOptions = {},
): Promise<ReportDocument> {
  if (readers.length === 0) {
    throw new ReluctantError('USAGE', 'There is no run to report on. Name at least one run.');
  }
  const runs: ShownRun[] = [];
  for (const reader of readers) {
    const record = await readRun(reader);
    const samples = await readSamples(reader);
    runs.push({ record, report: runReport(record), samples, anchor: anchorFor(record.manifest.id, runs) });
  }
  const parts = runs.map((run) => ({ run, sections: sectionsOf(run) }));
  const title = label(options.title ?? (runs.length === 1 ? runs[0]!.report.name : `${runs.length} runs compared`));
  return {
    title,
    runs: runs.map(({ report }) => report),
    body: markup`<header>
        <h1><bdi>${title}</bdi></h1>
        <p class="lead">Which ReLU units fire, which do not, and since when.</p>
      </header>
      ${contents(parts)}
      <main>
        ${overviewSection(runs)} ${parts.map(({ run, sections }) => runSection(run, sections, runs.length === 1))}
      </main>
      ${glossary()}`,
  };
}

function contents(parts: readonly { readonly run: ShownRun; readonly sections: readonly Section[] }[]): Markup {
  return markup`<nav aria-label="Contents">
    <p>Contents</p>
    <ul>
      ${parts.length > 1 && markup`<li><a href="#overview">Overview</a></li>`}
      ${parts.map(({ run, sections }) => {
        const links = sections.map((section) => markup`<li><a href="#${section.id}">${section.title}</a></li>`);
        if (parts.length === 1) return links;
        return markup`<li>
          <a href="#${run.anchor}"><bdi>${label(run.report.name, 100)}</bdi></a>
          <ul>
            ${links}
          </ul>
        </li> `;
      })}
      <li><a href="#terms">Terms</a></li>
    </ul>
  </nav>`;
}

/** The run's id where it makes a good anchor, told apart from those before it. */
function anchorFor(id: string, before: readonly ShownRun[]): string {
  const stem = `run-${id.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60)}`;
  const taken = before.filter(({ anchor }) => anchor === stem || anchor.startsWith(`${stem}.`)).length;
  return taken === 0 ? stem : `${stem}.${taken + 1}`;
}
