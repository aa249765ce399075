import { expect, it } from 'vitest';
import { renderTemplate } from './render-template.js';

it('replaces every placeholder by its value, as it is', () => {
  expect(renderTemplate("Probe<{{type}}> `${{ a: 1 }.a}` {{type}}: '{{sign}}'", { type: 'Mean', sign: '$&' })).toBe(
    "Probe<Mean> `${{ a: 1 }.a}` Mean: '$&'",
  );
});

it('refuses a placeholder that has no value', () => {
  expect(() => renderTemplate('{{constructor}}', { type: 'Mean' })).toThrow('unknown placeholder {{constructor}}');
});
