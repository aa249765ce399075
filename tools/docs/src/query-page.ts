import { EXAMPLES, SCHEMA, VIEWS, type View } from '@reluctant/query';
import { format, resolveConfig } from 'prettier';

const INTRODUCTION = `<!-- Written by \`npm run docs\` from the views of @reluctant/query: change those. -->

# Views for SQL, and exported tables

\`reluctant query "SELECT …"\` asks the records of runs in SQL, in [DuckDB's dialect](https://duckdb.org/docs/stable/sql/introduction), by the
views below. All runs of the folder \`--runs\` are in them, or those that \`--run\` names, finished or not: of a run that is under way, what had
been recorded when the query began. \`reluctant export --format parquet|csv\` writes all of them but \`events\` as tables, column by column alike.

The views are in the schema \`${SCHEMA}\`, which is searched first: \`FROM runs\` will do. A query that is kept for long names it,
\`FROM ${SCHEMA}.runs\`: within a version columns keep their names and meanings, and new ones come last.

A query can only read, and only the views: one SELECT statement, no other file, no network, no extension, and no more memory than
\`--memory\` says.

- What a view has no value for is \`NULL\`. A loss that is not a number is \`NaN\`, which DuckDB holds equal to itself and greater than all others.
- \`probe\`, \`measure\` and \`series\` are as [the probes](probes.md) define them. Most questions fix all three.
- Epochs are completed ones: 0 is the initialised network. The last measurement of a run has \`epoch = epochs\` of \`runs\`, if it went to its end;
  otherwise \`QUALIFY step = max(step) OVER (PARTITION BY run)\` finds it.`;

/** The page docs/query.md. */
export async function queryPage(): Promise<string> {
  const contents = VIEWS.map(({ name, meaning }) => `- [\`${name}\`](#${name}): ${meaning}`).join('\n');
  const examples = EXAMPLES.map(({ question, sql }) => `${question}\n\n\`\`\`sql\n${sql}\n\`\`\``);
  const text = [INTRODUCTION, '## Examples', ...examples, '## Views', contents, ...VIEWS.map(section)].join('\n\n');
  const path = new URL('../../../docs/query.md', import.meta.url).pathname;
  return format(text, { ...(await resolveConfig(path)), parser: 'markdown' });
}

function section({ name, meaning, columns }: View): string {
  const row = (...cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    `### ${name}`,
    '',
    meaning,
    '',
    row('column', 'type', 'meaning'),
    row('---', '---', '---'),
    ...columns.map((column) => row(`\`${column.name}\``, column.type, column.meaning)),
  ].join('\n');
}
