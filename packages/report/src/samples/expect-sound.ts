import { expect } from 'vitest';

/** What a reader sees: tags and entities resolved, white space as a browser shows it. */
export function textOf(page: string): string {
  return page
    .replace(/<(style|title|script)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/\s+/g, ' ');
}

/** Elements that must be closed, in balance; ids unique; every link leads somewhere; no number that is none. */
export function expectSound(page: string): void {
  expect(textOf(page)).not.toMatch(/\bNaN\b|\bundefined\b|\[object|\bnull\b|\bInfinity\b/);
  expect(page.replace(/<script[\s\S]*?<\/script>/g, '').replace(/&#\d+;/g, '')).not.toMatch(/="[^"]*(NaN|undefined)/);
  // One script, and data that is none; what either holds is not markup.
  const scripts = [...page.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes);
  expect(
    scripts.filter((attributes) => !/^ type="application\/(?:json|zlib)" class="[\w-]+"$/.test(attributes!)),
  ).toEqual(['']);
  const content = page.replace(/(<script[^>]*>)[\s\S]*?<\/script>/g, '');
  expect(content).not.toMatch(/<script|<link|<img|<iframe| on[a-z]+="| style="|src="|href="(?!#)/i);
  const ids = [...content.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of content.matchAll(/(?:href="#|url\(#|labelledby=")([^")]*)/g)) expect(ids).toContain(target);
  for (const element of ['section', 'figure', 'div', 'svg', 'table', 'details', 'g', 'p', 'ul', 'dl', 'bdi', 'text']) {
    const opened = content.match(new RegExp(`<${element}[ >]`, 'g'))?.length ?? 0;
    expect(`${element} ${content.split(`</${element}>`).length - 1}`).toBe(`${element} ${opened}`);
  }
  for (const [, figure] of content.matchAll(/<figure[^>]*>([\s\S]*?)<\/figure>/g)) {
    expect(figure).toMatch(/role="img" aria-label="[^"]{10,}/);
    expect(figure).toMatch(/<figcaption>[\s\S]*<table>[\s\S]*<td/);
  }
}
