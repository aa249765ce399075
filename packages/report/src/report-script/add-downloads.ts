import { standaloneSvg } from '../charts/standalone-svg.js';
import { toCsv } from '../html/csv.js';
import { fileName } from '../html/file-name.js';
import { readPicture } from './read-picture.js';
import { readTable } from './read-table.js';

/** Buttons that save a figure's picture and its numbers. */
export function addDownloads(figure: Element): void {
  const title = figure.querySelector('figcaption strong')?.textContent.replace(/\.$/, '') ?? '';
  const tools = document.createElement('p');
  tools.className = 'tools';
  tools.append(
    button('Download SVG', title, () =>
      save(fileName(figure.id, 'svg'), 'image/svg+xml', standaloneSvg(readPicture(figure))),
    ),
    button('Download CSV', title, async () =>
      save(fileName(figure.id, 'csv'), 'text/csv', toCsv(await readTable(figure))),
    ),
  );
  figure.append(tools);
}

/** What is shown on all of them alike goes on for those who hear it. */
function button(text: string, of: string, onClick: () => void | Promise<void>): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  const rest = document.createElement('span');
  rest.className = 'heard';
  rest.textContent = ` of ${of}`;
  made.append(text, rest);
  made.addEventListener('click', () => void onClick());
  return made;
}

function save(name: string, type: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  // The browser has taken hold of it once its own tasks ran.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
