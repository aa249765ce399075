import { z } from 'zod';

type Schema = z.core.JSONSchema.JSONSchema;

/** One option as the table shows it, in Markdown. */
export interface OptionRow {
  readonly name: string;
  /** Type and range. */
  readonly type: string;
  readonly byDefault: string;
  readonly meaning: string;
}

/** The options of a plugin, in the order of its schema. */
export function optionRows(options: z.ZodObject): readonly OptionRow[] {
  const { properties = {}, required = [] } = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }) as Schema;
  return Object.entries(properties).map(([name, property]) => {
    const schema = property as Schema;
    const byDefault = 'default' in schema ? code(schema.default) : required.includes(name) ? 'required' : 'none';
    return { name, type: typeOf(schema), byDefault, meaning: schema.description ?? '' };
  });
}

/** Type and range in words. */
export function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum) return schema.enum.map(code).join(', ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map((choice) => typeOf(choice as Schema)).join(', or ');
  switch (schema.type) {
    case 'boolean':
      return '`true`, `false`';
    case 'integer':
      return ['integer', range(schema)].filter(Boolean).join(' ');
    case 'number':
      return ['number', range(schema)].filter(Boolean).join(' ');
    case 'array':
      return listOf(schema);
    case 'object':
      return objectOf(schema);
    case 'string':
      return 'text';
    default:
      return 'any';
  }
}

/** In the notation of intervals, or as a bound on one side. */
function range({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: Schema): string {
  const from = exclusiveMinimum ?? (minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum);
  const to = exclusiveMaximum ?? (maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum);
  const above = exclusiveMinimum === undefined ? '≥' : '>';
  const below = exclusiveMaximum === undefined ? '≤' : '<';
  if (from === undefined) return to === undefined ? '' : `${below} ${to}`;
  if (to === undefined) return `${above} ${from}`;
  return `in ${above === '>' ? '(' : '['}${from}, ${to}${below === '<' ? ')' : ']'}`;
}

function listOf({ prefixItems, items }: Schema): string {
  if (prefixItems) return `[${prefixItems.map((item) => typeOf(item as Schema)).join(', ')}]`;
  return items === undefined || typeof items === 'boolean' ? 'list' : `list of ${typeOf(items as Schema)}`;
}

function objectOf({ properties }: Schema): string {
  if (!properties) return 'object';
  const parts = Object.entries(properties).map(([name, property]) => `\`${name}\`: ${typeOf(property as Schema)}`);
  return `{ ${parts.join('; ')} }`;
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
