import type { LegendEntry } from '../charts/chart.js';
import { RAMP_STEPS } from '../charts/theme.js';
import { trusted, type Markup } from './markup.js';

/** How a legend's entry is drawn in the chart, as a small picture before its label. */
export function swatch({ colour, mark }: LegendEntry): Markup {
  const outline = `stroke="${colour}" stroke-width="1.5"`;
  const hollow = `${outline} fill="var(--paper)"`;
  const shapes: Record<LegendEntry['mark'], string> = {
    line: line(colour),
    dashed: line(colour, '6 3'),
    dotted: line(colour, '2 3'),
    'dash-dot': line(colour, '9 3 2 3'),
    'long-dash': line(colour, '14 4'),
    'dash-dot-dot': line(colour, '9 3 2 3 2 3'),
    'far-dots': line(colour, '2 7'),
    circle: `<circle cx="12" cy="6" r="3.5" fill="${colour}"/>`,
    diamond: `<path d="M12 1l5 5-5 5-5-5z" fill="${colour}"/>`,
    ring: `<path d="M12 0v12" ${outline}/><circle cx="12" cy="6" r="3.2" ${hollow}/>`,
    'open-diamond': `<path d="M12 0v12" ${outline}/><path d="M12 2l4 4-4 4-4-4z" ${hollow}/>`,
    'open-square': `<path d="M12 0v12" ${outline}/><path d="M9 3h6v6h-6z" ${hollow}/>`,
    box: `<path d="M4 1h16v10h-16z" fill="none" stroke="${colour}"/><path d="M4 6h16" stroke="${colour}" stroke-width="3"/>`,
    band: `<path d="M0 1h24v10h-24z" fill="${colour}"/>`,
    striped: `<path d="M0 6h24" stroke="${colour}" stroke-width="10" stroke-dasharray="3 1.5"/>`,
    sparse: `<path d="M0 6h24" stroke="${colour}" stroke-width="10" stroke-dasharray="1.5 3"/>`,
    area: `<path d="M0 1h24v10h-24z" fill="${colour}" fill-opacity=".25"/>`,
    ramp: ramp(0),
    shades: ramp(3),
  };
  const width = mark === 'ramp' || mark === 'shades' ? 50 : 24;
  return trusted(
    `<svg width="${width}" height="12" viewBox="0 0 ${width} 12" aria-hidden="true">${shapes[mark]}</svg>`,
  );
}

function line(colour: string, dashes?: string): string {
  const dashed = dashes === undefined ? '' : ` stroke-dasharray="${dashes}"`;
  return `<path d="M0 6h24" stroke="${colour}" stroke-width="2.5"${dashed}/>`;
}

/** The sequential colours from `first` on, 50 pixels wide. */
function ramp(first: number): string {
  const width = 50 / (RAMP_STEPS - first);
  return Array.from({ length: RAMP_STEPS - first }, (_, step) => {
    const from = (step * width).toFixed(1);
    return `<path d="M${from} 1h${Math.ceil(width)}v10h-${Math.ceil(width)}z" fill="var(--r${first + step})"/>`;
  }).join('');
}
