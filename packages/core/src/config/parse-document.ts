import { parseDocument as parseYaml } from 'yaml';
import { ReluctantError } from '../errors.js';

/**
 * The plain data of an experiment file, YAML or JSON (which YAML contains).
 * @param source name of the file, for messages
 * @throws `CONFIG_INVALID` with line and column
 */
export function parseDocument(text: string, source: string): Record<string, unknown> {
  const document = parseYaml(text, { uniqueKeys: true });
  if (document.errors.length > 0) {
    const details = document.errors.map((error) => error.message.trim()).join('\n');
    throw new ReluctantError('CONFIG_INVALID', `${source} can't be read:\n${details}`);
  }
  const data: unknown = document.toJS({ maxAliasCount: 100 });
  if (!isPlainObject(data))
    throw new ReluctantError('CONFIG_INVALID', `${source} must hold a mapping such as "dataset: cifar10".`);
  return data;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
