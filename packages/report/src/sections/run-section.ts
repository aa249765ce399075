import { markup, type Markup } from '../html/markup.js';
import { label } from '../html/label.js';
import type { RunRecord } from '../queries/run-record.js';
import type { RunSamples } from '../queries/run-samples.js';
import type { RunReport } from '../run-report.js';
import { activationSections } from './activation-sections.js';
import { agreementSection } from './agreement-section.js';
import { certificatesSection } from './certificates-section.js';
import { deadUnitsSection } from './dead-units-section.js';
import { headlineNumbers } from './headline-numbers.js';
import { interventionsSection } from './interventions-section.js';
import { layersSection } from './layers-section.js';
import { lifeCycleSection } from './life-cycle-section.js';
import { methodsSection } from './methods-section.js';
import { normalTheorySection } from './normal-theory-section.js';
import { positionsSection } from './positions-section.js';
import { note, renderSection, type Section } from './section.js';
import { simulationSection } from './simulation-section.js';
import { trainingSection } from './training-section.js';
import { utilitySection } from './utility-section.js';

/** A run with what its page part needs. */
export interface ShownRun {
  /** Unique in the page; safe in ids and links. */
  readonly anchor: string;
  readonly record: RunRecord;
  readonly report: RunReport;
  readonly samples: RunSamples;
}

/** The parts of one run, in the order of the page. */
export function sectionsOf({ anchor, record, report, samples }: ShownRun): readonly Section[] {
  return [
    ...trainingSection(record, anchor),
    ...activationSections(record, anchor),
    ...deadUnitsSection(record, anchor),
    ...lifeCycleSection(record, anchor),
    ...agreementSection(record, samples, anchor),
    ...certificatesSection(record, anchor),
    ...utilitySection(record, anchor),
    ...positionsSection(record, samples, anchor),
    ...normalTheorySection(record, anchor),
    ...interventionsSection(record, anchor),
    ...simulationSection(record, anchor),
    ...layersSection(record, report, anchor),
    methodsSection(record, anchor),
  ];
}

/** One run: how it ended, its headline numbers, its parts. A run alone on the page has the page's title for its own. */
export function runSection(run: ShownRun, sections: readonly Section[], alone: boolean): Markup {
  const { record, report, anchor } = run;
  const status = label(report.statusSentence, 600);
  const measured = report.activation || report.dead || record.manifest.config['simulation'] !== undefined;
  const heading = markup`<h2 id="${anchor}">
    <a href="#${anchor}"><bdi>${label(report.name)}</bdi></a>
  </h2>`;
  return markup`<section${alone && markup` id="${anchor}"`}>${!alone && heading}
<p class="sub">Run <bdi>${label(report.id, 100)}</bdi>, ${label(report.createdAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'), 40)}.
${report.status === 'completed' && status}</p>
${report.status !== 'completed' && markup`<p class="status">${status}</p>`}
${record.probeFailures.map(
  ({ probe, message }) =>
    markup`<p class="status"><strong>A probe failed</strong>: <bdi>${label(probe, 80)}</bdi>. ${label(message, 600)}</p>`,
)}
${record.notes
  .filter(({ severity }) => severity === 'warning')
  .map(({ text }) => markup`<p class="status"><strong>Warning</strong>: ${label(text, 1000)}</p>`)}
${headlineNumbers(report)}
${!measured && note('No unit was measured in this run, so there is nothing to say of dead units.')}
${sections.map((section) => renderSection(section, alone ? 2 : 3))}
</section>
`;
}
