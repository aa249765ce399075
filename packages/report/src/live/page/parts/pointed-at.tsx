import type { ReadonlySignal } from '@preact/signals';
import type { ReadoutLine } from '../readouts/readout.js';
import { Swatch } from './swatch.js';

export interface Pointed {
  readonly title: string;
  readonly lines: readonly ReadoutLine[];
  /** In CSS pixels of the picture. */
  readonly x: number;
  readonly y: number;
}

/** What a picture says where the pointer is: a line there and a box beside it, on the side that has more room. */
export function PointedAt({ pointed }: { readonly pointed: ReadonlySignal<Pointed | undefined> }) {
  const { value } = pointed;
  if (!value) return null;
  const { title, lines, x, y } = value;
  return (
    <div class="pointed" aria-hidden="true">
      <div class="crosshair" style={{ left: `${x}px` }} />
      <div
        class="readout"
        ref={(element) => {
          if (element) place(element, x, y);
        }}
      >
        <p>
          <bdi>{title}</bdi>
        </p>
        <ul>
          {lines.map(({ label, value, swatch }, index) => (
            <li key={index}>
              {swatch && <Swatch entry={swatch} />}
              <bdi class="what">{label}</bdi>
              <span class="value">{value}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function place(element: HTMLElement, x: number, y: number): void {
  const room = element.parentElement!.getBoundingClientRect();
  const { width, height } = element.getBoundingClientRect();
  const left = x > room.width / 2 ? x - width - 12 : x + 12;
  element.style.left = `${Math.max(0, Math.min(left, room.width - width))}px`;
  element.style.top = `${Math.max(0, Math.min(y + 12, room.height - height))}px`;
}
