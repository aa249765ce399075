import { markup, type Markup, type MarkupValue } from '../html/markup.js';

/** A titled part of a run that can be linked to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

/** @param level of its heading: one below that of what it is a part of */
export function renderSection({ id, title, body }: Section, level: 2 | 3): Markup {
  const text = markup`<a href="#${id}">${title}</a>`;
  return markup`<section>
    ${level === 2 ? markup`<h2 class="part" id="${id}">${text}</h2>` : markup`<h3 id="${id}">${text}</h3>`}
    ${body}
  </section> `;
}

/** Says in words why something is not there. */
export function note(...text: readonly MarkupValue[]): Markup {
  return markup`<p class="note">${text}</p>`;
}
