import { ReluctantError } from '@reluctant/core';

/**
 * Replaces every `{{name}}` by its value.
 * @throws ReluctantError `INTERNAL` naming a placeholder that has no value
 */
export function renderTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => {
    if (Object.hasOwn(values, name)) return values[name];
    throw new ReluctantError('INTERNAL', `A template has the unknown placeholder ${placeholder}.`);
  });
}
