import type { ReportDocument } from '../compose-report.js';
import { label } from '../html/label.js';
import { markup } from '../html/markup.js';
import { glossary } from '../sections/glossary.js';
import { renderSection, type Section } from '../sections/section.js';
import type { PaperFindings } from './findings.js';
import { activationSection } from './sections/activation-section.js';
import { factorsSection, timeCourseSection } from './sections/beyond-sections.js';
import { convergenceSection } from './sections/convergence-section.js';
import { findingsSection } from './sections/findings-section.js';
import { initializationSection } from './sections/initialization-section.js';
import { singleUnitDeathSection, slowingDownSection } from './sections/single-unit-sections.js';
import { skipsSection } from './sections/skips-section.js';
import { studySection } from './sections/study-section.js';
import type { StudyResults } from './study-results.js';

/**
 * Puts together what a study says of the paper's findings, to be written by `renderPage`, `renderMarkdown` and `renderCharts`. It depends on its
 * arguments alone, and escapes everything in them.
 */
export function composePaperReport(results: StudyResults, findings: PaperFindings): ReportDocument {
  const sections: readonly Section[] = [
    findingsSection(findings),
    activationSection(findings, results.networks),
    skipsSection(findings),
    initializationSection(findings, results.initializers),
    slowingDownSection(findings),
    singleUnitDeathSection(findings),
    timeCourseSection(findings),
    factorsSection(findings, results.factors),
    convergenceSection(findings, results.convergence),
    studySection(results),
  ];
  const title = `Why ReLU units sometimes die: ${label(results.name, 60)} study`;
  return {
    title,
    runs: [],
    body: markup`<header>
        <h1>${title}</h1>
        <p class="lead">
          How the findings of Douglas and Yu, “Why ReLU Units Sometimes Die: Analysis of Single-Unit Error Backpropagation in Neural Networks” (2018, arXiv
          1812.05981), fare in experiments of our own.
        </p>
        ${results.description && markup`<p>${label(results.description, 1000)}</p>`}
      </header>
      <nav aria-label="Contents">
        <p>Contents</p>
        <ul>
          ${sections.map(({ id, title: name }) => markup`<li><a href="#${id}">${name}</a></li>`)}
          <li><a href="#terms">Terms</a></li>
        </ul>
      </nav>
      <main>${sections.map((section) => renderSection(section, 2))}</main>
      ${glossary()}`,
  };
}
