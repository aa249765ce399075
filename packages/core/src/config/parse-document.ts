import { parseDocument as parseYaml } from 'yaml';
import { ReluctantError } from '../errors.js';

/**
 * The plain data of an experiment file, YAML or JSON (which YAML contains).
 * @param source name of the file, for messages
 * @throws `CONFIG_INVALID` with line and column
 */
export function parseDocument(text: string, source: string): Record<string, unknown> {
  const document = parseYaml(text, { uniqueKeys: true, logLevel: 'error' });
  if (document.errors.length > 0) {
    const details = document.errors.map((error) => error.message.trim()).join('\n');
    throw new ReluctantError('CONFIG_INVALID', `${source} can't be read:\n${details}`);
  }
  const data = toData(document, source);
  if (!isPlainObject(data))
    throw new ReluctantError('CONFIG_INVALID', `${source} must hold a mapping such as "dataset: cifar10".`);
  return data;
}

/** Aliases are resolved only here: one without an anchor is an error, and so are so many that the data would explode. */
function toData(document: ReturnType<typeof parseYaml>, source: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw ReluctantError.from(error, 'CONFIG_INVALID', `${source} can't be read`);
  }
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
