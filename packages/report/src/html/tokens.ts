import { DARK, declarations, LIGHT, PRINT } from '../charts/palette.js';

/**
 * The custom properties that the report and the live page share: colours in light and dark, on paper too, and families of
 * letters. `--r0` … `--r9` are the steps of the sequential ramp.
 */
export const TOKENS = `
:root {
  color-scheme: light dark;
  ${declarations(LIGHT)} --link: #00589b; --warn: #fdf0e6;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif;
  --serif: Charter, 'Bitstream Charter', 'Sitka Text', Cambria, 'Noto Serif', 'Liberation Serif', Georgia, serif;
}
@media (prefers-color-scheme: dark) {
  :root { ${declarations(DARK)} --link: #7cc0f5; --warn: #33261a; }
}
@media print {
  :root { ${declarations(PRINT)} --link: #000; --warn: #fff; }
}
`;
