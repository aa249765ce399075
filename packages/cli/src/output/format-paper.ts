import { runTotals, type PaperFindings } from '@reluctant/report';
import { plainText } from './plain-text.js';
import { formatTable } from './table.js';

/** Characters of a line of the last column. */
const WIDTH = 76;

/** The table that a study ends in, for a terminal, and how many runs it rests on. */
export function formatPaper({ table, convergence }: PaperFindings): string {
  const rows = table.map(({ id, where, verdict, result }) => [
    id,
    plainText(where, 40),
    verdict,
    wrap(plainText(result, 600), WIDTH),
  ]);
  const { runs, converged, diverged } = runTotals(convergence);
  const claims = [...new Map(table.map(({ id, claim }) => [id, `${id} ${claim}`])).values()];
  return [
    formatTable(['finding', 'where', 'verdict', 'result'], rows),
    '',
    ...claims,
    `Intervals: 95 %, over seeds. ${converged} of ${runs} runs converged, ${diverged} diverged.`,
  ].join('\n');
}

/** Breaks a text into lines at spaces. */
function wrap(text: string, width: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + word.length < width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
