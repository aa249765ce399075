import type { Page } from 'playwright-core';

/**
 * What can be seen to be wrong with the page that is shown, in words: texts of a drawing that overlap or leave it, drawings
 * with nothing in them, text that tells of a number that is none, and a page that has to be moved sideways.
 */
export async function findFlaws(page: Page): Promise<readonly string[]> {
  return (await page.evaluate(FLAWS)) as readonly string[];
}

// Source text, because tools are compiled without the types of a browser. Boxes of slanted texts are larger than the texts,
// so these are only held to their drawing.
const FLAWS = `(() => {
  const shown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
  const drawings = [...document.querySelectorAll('figure svg, [role=img] svg, svg[role=img]')].filter(shown);
  const overlaps = drawings.flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].filter((text) => shown(text) && text.textContent.trim() !== '')
      .map((text) => ({
        text: text.textContent,
        turned: /matrix\\((?!0,)|rotate/.test(text.getAttribute('transform') ?? ''),
        box: text.getBoundingClientRect(),
      }));
    const outside = texts
      .filter(({ box }) => box.left < frame.left - 3 || box.right > frame.right + 3 ||
        box.top < frame.top - 3 || box.bottom > frame.bottom + 3)
      .map(({ text }) => 'leaves its drawing: ' + text);
    const collisions = texts.flatMap((a, i) => texts.slice(i + 1)
      .filter((b) => !a.turned && !b.turned &&
        Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 1 &&
        Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 1)
      .map((b) => 'overlap: ' + a.text + ' / ' + b.text));
    return [...outside, ...collisions];
  });
  const empty = drawings.filter((svg) => svg.querySelector('path, rect, line, circle, polyline, use') === null)
    .map((svg) => 'an empty drawing: ' + (svg.getAttribute('aria-label') ?? svg.closest('figure')?.textContent ?? '').slice(0, 80));
  const blank = [...document.querySelectorAll('canvas')].filter((canvas) => shown(canvas) && canvas.width > 0)
    .filter((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const pixels = new Uint32Array(data.buffer);
      return pixels.every((pixel) => pixel === pixels[0]);
    })
    .map((canvas) => 'a canvas of one colour: ' + (canvas.closest('section, figure')?.textContent ?? '').slice(0, 80));
  const nonsense = (document.body.innerText.match(/.{0,30}(\\bNaN\\b|\\bundefined\\b|\\[object |-?\\bInfinity\\b).{0,30}/g) ?? [])
    .map((text) => 'not a number: ' + text);
  const sideways = document.documentElement.scrollWidth - innerWidth;
  return [...overlaps, ...empty, ...blank, ...nonsense, ...(sideways > 0 ? ['wider than the window by ' + sideways] : [])];
})()`;
