import type { Element, Nodes, Parents } from 'hast';
import type { Handle } from 'hast-util-to-mdast';
import type { RootContent } from 'mdast';
import type { ReportDocument } from './compose-report.js';
import type { Figure } from './html/figure.js';
import { fileName } from './html/file-name.js';

/**
 * A report as Markdown (GitHub's, for its tables): the sections of the page, with a picture and a link to its numbers in place of
 * each chart. Texts that runs bring along are escaped.
 *
 * @param folder where the files of `renderCharts` in `svg` and `csv` lie, seen from the Markdown file
 */
export async function renderMarkdown({ body }: ReportDocument, folder: string): Promise<string> {
  // A hundred small files, which nothing else has to wait for.
  const [{ fromHtml }, { toMdast }, { gfmToMarkdown }, { toMarkdown }] = await Promise.all([
    import('hast-util-from-html'),
    import('hast-util-to-mdast'),
    import('mdast-util-gfm'),
    import('mdast-util-to-markdown'),
  ]);
  const figures = new Map(body.figures.map((figure) => [figure.id, figure]));
  const skip: Handle = () => undefined;
  const figure: Handle = (_, element) => {
    const shown = figures.get(String(element.properties['id']));
    return shown && figureParagraphs(shown, folder);
  };
  // Links lead to places in the page, which is not there.
  const a: Handle = (state, element) => state.all(element);
  const tree = toMdast(fromHtml(body.text, { fragment: true }), {
    handlers: { nav: skip, script: skip, svg: skip, figure, a, dl: definitionList },
  });
  return toMarkdown(tree, { bullet: '-', rule: '-', extensions: [gfmToMarkdown()] });
}

function figureParagraphs({ id, content }: Figure, folder: string): RootContent[] {
  const link = (extension: string) => `${encodeURI(folder)}/${fileName(id, extension)}`;
  const text = (value: string) => ({ type: 'text', value }) as const;
  return [
    { type: 'paragraph', children: [{ type: 'image', url: link('svg'), alt: content.title }] },
    {
      type: 'paragraph',
      children: [
        { type: 'strong', children: [text(`${content.title}.`)] },
        text(` ${content.summary} `),
        { type: 'link', url: link('csv'), children: [text('Numbers (CSV)')] },
      ],
    },
  ];
}

/** `**term**: meaning`, an item each: Markdown has no lists of definitions. */
const definitionList: Handle = (state, element) => {
  const items = pairsOf(element).map(([term, meaning]) => ({
    type: 'listItem' as const,
    spread: false,
    children: [
      {
        type: 'paragraph' as const,
        children: [
          { type: 'strong' as const, children: [{ type: 'text' as const, value: textOf(term) }] },
          { type: 'text' as const, value: `: ${textOf(meaning)}` },
        ],
      },
    ],
  }));
  const list = { type: 'list' as const, ordered: false, spread: false, children: items };
  state.patch(element, list);
  return list;
};

/** Each `dt` with the `dd` behind it, also where `div`s hold them together. */
function pairsOf(list: Parents): readonly (readonly [term: Element, meaning: Element])[] {
  const elements = (list.children as readonly Nodes[]).filter((child) => child.type === 'element');
  return elements.flatMap((element, index) => {
    if (element.tagName === 'div') return pairsOf(element);
    const next = elements[index + 1];
    return element.tagName === 'dt' && next ? [[element, next] as const] : [];
  });
}

/** With parentheses around what is set small on a line of its own. */
function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value.replace(/\s+/g, ' ');
  if (!('children' in node)) return '';
  const text = node.children.map(textOf).join('').trim();
  return node.type === 'element' && node.tagName === 'small' ? ` (${text})` : text;
}
