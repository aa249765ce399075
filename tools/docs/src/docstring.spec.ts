import { expect, it } from 'vitest';
import { parseDocstring } from './docstring.js';

it('tells definitions of units, of the layer and of events from prose, over line ends', () => {
  const comment = `
What it is about,
on two lines.

- \`pr\`: share of
  the elements
- \`lower\`, \`upper\`: bounds, \`pr\` between them
- layer \`mean\`: over the units
- event \`died\`: silent: not one

More prose:
- no definition, but
  a list
- another
`;
  expect(parseDocstring(comment, ['Somebody\n2020'])).toEqual({
    prose: 'What it is about, on two lines.\n\nMore prose:\n- no definition, but a list\n- another',
    units: [
      { names: ['pr'], text: 'share of the elements' },
      { names: ['lower', 'upper'], text: 'bounds, `pr` between them' },
    ],
    layer: [{ names: ['mean'], text: 'over the units' }],
    events: [{ names: ['died'], text: 'silent: not one' }],
    sources: ['Somebody 2020'],
  });
});

it('takes prose and definitions of one paragraph apart', () => {
  expect(parseDocstring('Of these:\n- `a`: one')).toMatchObject({
    prose: 'Of these:',
    units: [{ names: ['a'], text: 'one' }],
  });
});
