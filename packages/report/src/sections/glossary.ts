import { markup, type Markup } from '../html/markup.js';

const TERMS: readonly (readonly [string, string])[] = [
  [
    'Unit, site',
    'A unit is one ReLU output feature: a channel of a convolution, over all positions of its map, or a neuron of a dense layer. A site is one call of a ReLU.',
  ],
  [
    'Pr[y>0]',
    'The share of a unit’s outputs that are greater than zero, over all images and positions (Douglas & Yu 2018). That of a layer is the mean over its units.',
  ],
  [
    'Never fired',
    'Not one output greater than zero on any of the N images. The bound beside it, 1 − (1 − confidence)^(1/N), says how often such a unit may yet fire on an image; N counts images, never positions.',
  ],
  ['Nearly dead', 'Pr[y>0] below ε, units that never fired included. ε is a choice and is printed with the count.'],
  ['τ-dormant', 'A unit whose mean |y| is at most τ times the mean over the units of its layer (Sokar et al. 2023).'],
  [
    'Zero elements',
    'The share of a layer’s outputs that are zero. A healthy layer has many: it is no measure of dead units.',
  ],
  [
    'Skip',
    'Whether a skip connection enters between the previous weight layer and the ReLU, as after the addition in a residual block.',
  ],
  [
    'Born dead, died, revived',
    'Never fired at step 0; stopped firing between two measurements; fired again after having been dead.',
  ],
  [
    'Surviving share',
    'Kaplan and Meier’s estimate of the share of units that have not died once by then, of those that fired at the first look; its band is Greenwood’s, on the scale of ln(−ln S), and takes units as independent draws.',
  ],
  [
    'Certified dead',
    'Provably silent on every input in the range of the data, with the weights of that moment, by interval bounds through the layers (Gowal et al. 2018).',
  ],
  ['Utility', 'The mean |y| of a unit times the sum of the absolute weights that leave it (Dohare et al. 2024).'],
  [
    'Effective positions',
    'The participation ratio (Σp)² / Σp² of Pr[y>0] = p over the positions of a unit’s map: all of them where it fires everywhere alike, 1 where it fires at one.',
  ],
];

/** What the words of the report mean. */
export function glossary(): Markup {
  return markup`<footer>
    <section aria-labelledby="terms">
      <h2 class="part" id="terms"><a href="#terms">Terms</a></h2>
      <dl class="terms">
        ${TERMS.map(
          ([term, meaning]) =>
            markup`<dt>${term}</dt>
              <dd>${meaning}</dd>`,
        )}
      </dl>
    </section>
  </footer>`;
}
