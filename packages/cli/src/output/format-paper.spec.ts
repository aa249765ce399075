import type { PaperFindings } from '@reluctant/report';
import { describe, expect, it } from 'vitest';
import { formatPaper } from './format-paper.js';

const row = (id: 'F1' | 'F2', where: string, result: string) =>
  ({ id, claim: `claim ${id}`, where, result, verdict: 'holds' }) as const;
const findings = (...table: PaperFindings['table']) =>
  ({ table, convergence: [{ runs: 4, converged: 3, diverged: 1 }, { runs: 2, converged: 0, diverged: 0 }] }) as unknown as PaperFindings; // prettier-ignore

describe('formatPaper', () => {
  it('says each claim once, and on how many runs all rests', () => {
    const text = formatPaper(findings(row('F1', 'one', '0.3'), row('F1', 'other', '0.4'), row('F2', 'one', '−1')));
    expect(text.split('claim F1')).toHaveLength(2);
    expect(text).toContain('F2 claim F2');
    expect(text).toContain('3 of 6 runs converged, 1 diverged');
    expect(text).toMatch(/F1 +other +holds +0\.4/);
  });

  it('fits a terminal, and keeps control characters out of it', () => {
    const text = formatPaper(findings(row('F1', 'evil\u001b[31m\nnetwork', 'word '.repeat(100).trim())));
    expect(text).not.toContain('\u001b');
    expect(text.match(/word/g)).toHaveLength(100);
    for (const line of text.split('\n')) expect(line.length).toBeLessThan(130);
  });
});
