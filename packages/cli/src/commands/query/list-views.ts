import type { Output } from '../../output/output.js';
import { formatTable } from '../../output/table.js';

/** `reluctant query --views`: what can be asked, and examples. */
export async function listViews(output: Output): Promise<void> {
  const { EXAMPLES, SCHEMA, VIEWS } = await import('@reluctant/query');
  output.printJson({
    schema: SCHEMA,
    views: VIEWS.map(({ name, meaning, columns }) => ({ name, meaning, columns })),
    examples: EXAMPLES,
  });
  for (const { name, meaning, columns } of VIEWS) {
    output.print(`${SCHEMA}.${name}: ${meaning}`);
    const rows = columns.map((column) => [`  ${column.name}`, column.type, column.meaning]);
    output.print(`${formatTable(['  column', 'type', 'meaning'], rows)}\n`);
  }
  for (const { question, sql } of EXAMPLES) output.print(`-- ${question}\n${sql}\n`);
}
