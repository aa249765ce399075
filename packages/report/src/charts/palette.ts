/** Custom properties of the page, without their dashes, by which charts name their colours. */
export const LIGHT = {
  paper: '#fff',
  ink: '#1b1d21',
  muted: '#5a6069',
  grid: '#e3e6ea',
  tint: '#f5f6f8',
  blue: '#0072b2',
  vermillion: '#d55e00',
  green: '#009e73',
  purple: '#cc79a7',
  orange: '#e69f00',
  sky: '#56b4e9',
  r0: '#e3edf6',
  r1: '#cfe0ef',
  r2: '#b5cfe7',
  r3: '#96bbdc',
  r4: '#74a4ce',
  r5: '#528cbd',
  r6: '#3573a9',
  r7: '#1f5b91',
  r8: '#124577',
  r9: '#0a2f58',
} as const;

export type ColourName = keyof typeof LIGHT;

/** Where dark differs from light. */
export const DARK: Partial<Record<ColourName, string>> = {
  paper: '#15171b',
  ink: '#e7e9ec',
  muted: '#a2a8b2',
  grid: '#2c3038',
  tint: '#1d2026',
  blue: '#3294cf',
  r0: '#1c2a39',
  r1: '#213a53',
  r2: '#264a6d',
  r3: '#2e5c88',
  r4: '#3b70a1',
  r5: '#5487b8',
  r6: '#739fca',
  r7: '#96b8dc',
  r8: '#bad1ea',
  r9: '#e0eaf6',
};

/** On paper everything is as in light, and darker where it is text. */
export const PRINT: Record<ColourName, string> = { ...LIGHT, ink: '#000', muted: '#444', grid: '#ddd' };

/** `--paper: #fff; --ink: #1b1d21; …` */
export function declarations(palette: Partial<Record<ColourName, string>>): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');
}

/** Puts the light colours in place of the custom properties: a picture outside the page has none. */
export function resolveColours(svg: string): string {
  return svg.replace(/var\(--([a-z0-9]+)\)/g, (property, name: string) =>
    name in LIGHT ? LIGHT[name as ColourName] : property,
  );
}
