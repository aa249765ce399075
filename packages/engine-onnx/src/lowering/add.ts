import type { Strategy } from './strategy.js';

/** Sum of its inputs; each receives the whole gradient. */
export const plainAdd: Strategy<'add'> = {
  name: 'plain',
  fits: () => true,
  layouts: 'any',
  emit(_node, inputs, { builder }) {
    return {
      output: inputs.map(({ value }) => value).reduce((sum, value) => builder.sum(sum, value)),
      backward: (gradient) => ({ inputs: inputs.map(() => gradient) }),
    };
  },
};
