import { markup, type Markup, type MarkupValue } from '../html/markup.js';

/** A titled part of a run that can be linked to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

export function renderSection({ id, title, body }: Section): Markup {
  return markup`<section aria-labelledby="${id}">
    <h3 id="${id}"><a href="#${id}">${title}</a></h3>
    ${body}
  </section> `;
}

/** Says in words why something is not there. */
export function note(...text: readonly MarkupValue[]): Markup {
  return markup`<p class="note">${text}</p>`;
}
