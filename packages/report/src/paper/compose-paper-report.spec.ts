import { describe, expect, it } from 'vitest';
import type { ReportDocument } from '../compose-report.js';
import { renderCharts, type ChartFile } from '../render-charts.js';
import { renderMarkdown } from '../render-markdown.js';
import { renderPage } from '../render-report.js';
import { expectSound, textOf } from '../samples/expect-sound.js';
import { composePaperReport } from './compose-paper-report.js';
import { findingsOf } from './findings/findings-of.js';
import { plainSites, plantedArm, plantedStudy } from './samples/planted-study.js';
import type { StudyResults } from './study-results.js';

const documentOf = (study: StudyResults) => composePaperReport(study, findingsOf(study));
const pageOf = (study: StudyResults) => renderPage(documentOf(study));
async function chartsOf(document: ReportDocument): Promise<readonly ChartFile[]> {
  const files: ChartFile[] = [];
  for await (const file of renderCharts(document, 'svg')) files.push(file);
  return files;
}
const NOTHING = { networks: [], skips: [], initializers: [], factors: [], rates: null, death: null };

describe('the report of a study', () => {
  it('says what is planted, finding by finding', () => {
    const page = pageOf(plantedStudy());
    expectSound(page);
    const text = textOf(page);
    for (const said of [
      'F1 Pr[y>0] < 0.5 at convergence in layers without skip connections plain ✓ holds',
      'F2 Pr[y>0] falls from input to output residual ? undecided',
      'F4 whatever way the weights are initialised plain ✓ holds',
      'F5 a single unit converges the slower the less it fires single unit ✓ holds time constant as p to the power of −1.7, −1.71 … −1.69; theory −1.77, outside',
      'F6 a single unit dies, whatever its initialisation single unit ✓ holds',
      // 40 of 200 by Wilson's interval.
      'he 40 / 200 0.200, 0.150 … 0.261 2 0.100 0.300',
      'learning rate 1 – – – – – 4 0 4',
      '1 h 02 min',
      'reluctant paper --budget planted',
      'digest 0123456789abcdef',
    ]) {
      expect(text).toContain(said);
    }
  });

  it('says of a study that asked nothing that nothing was tested', () => {
    const page = pageOf(plantedStudy(NOTHING));
    expectSound(page);
    for (const finding of ['F1', 'F2', 'F3', 'F4', 'F5', 'F6']) {
      expect(textOf(page)).toMatch(new RegExp(`${finding} [^✓✗?]* – – not tested –`));
    }
    expect(page).not.toContain('<figure');
  });

  it('renders where every run diverged', () => {
    const arm = plantedArm({ label: 'wild', sites: plainSites(4), activation: () => 0.4, status: 'diverged' }, [1, 2]);
    const page = pageOf(
      plantedStudy({
        ...NOTHING,
        networks: [arm],
        skips: [{ label: 'wild', with: arm, without: arm }],
        initializers: [{ label: 'wild', arms: [arm, arm] }],
        factors: [{ label: 'rate', arms: [arm] }],
      }),
    );
    expectSound(page);
    expect(textOf(page)).toContain('0 of 2 runs counted below converged, 2 diverged');
    expect(page).not.toContain('✓');
  });

  it('renders one seed, which has no interval', () => {
    const study = plantedStudy();
    const first = study.networks.map(({ label, runs }) => ({ label, runs: runs.slice(0, 1) }));
    const page = pageOf(plantedStudy({ ...NOTHING, networks: first }));
    expectSound(page);
    expect(textOf(page)).toContain('? undecided');
  });

  it('escapes what studies and runs name themselves', async () => {
    const hostile = '<img src=x onerror=alert(1)> "& \u202e';
    const study = plantedStudy();
    const arms = study.networks.map((arm) => ({ ...arm, label: hostile }));
    const named = {
      name: hostile,
      description: hostile,
      networks: arms,
      skips: study.skips.map((pair) => ({ ...pair, label: hostile })),
      initializers: [{ label: hostile, arms: arms.slice(0, 1).flatMap((arm) => [arm, arm]) }],
      factors: [{ label: hostile, arms }],
      provenance: { ...study.provenance, command: hostile, machines: [hostile], data: [hostile] },
    };
    const document = documentOf(plantedStudy(named));
    const page = renderPage(document);
    expectSound(page);
    expect(page).not.toContain('<img');
    expect(page).not.toContain('\u202e');
    expect(await renderMarkdown(document, 'files')).not.toMatch(/(?<!\\)<img|\u202e/);
    for (const svg of await chartsOf(document)) expect(svg.content).not.toMatch(/<img|\u202e/);
  });

  it('is the same at every rendering, whatever the order of the runs', () => {
    const study = plantedStudy();
    const turned = { ...study, networks: study.networks.map((arm) => ({ ...arm, runs: [...arm.runs].reverse() })) };
    expect(pageOf(study)).toBe(pageOf(plantedStudy()));
    expect(findingsOf(turned).table).toEqual(findingsOf(study).table);
  });

  it('is Markdown too, with every chart as a picture beside it', async () => {
    const document = documentOf(plantedStudy());
    const charts = await chartsOf(document);
    expect(charts.length).toBeGreaterThanOrEqual(6);
    const markdown = await renderMarkdown(document, 'study');
    for (const { name } of charts) expect(markdown).toContain(`study/${name}`);
    expect(markdown).toMatch(/\| F1 +\|/);
  });
});
