import { TOKENS } from './tokens.js';

/** The page's only style sheet. Charts take their colours from its custom properties, so they follow light and dark. */
export const STYLE = `${TOKENS}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 16px/1.55 var(--sans); -webkit-text-size-adjust: 100%; }
body { max-width: 920px; margin: 0 auto; padding: 3rem 1.5rem 5rem; overflow-wrap: anywhere; }
h1, h2, h3 { font-family: var(--serif); font-weight: 600; line-height: 1.2; text-wrap: balance; }
h1 { font-size: 2.3rem; margin: 0 0 .5rem; }
h2 { font-size: 1.7rem; margin: 4.5rem 0 .75rem; padding-top: 1.25rem; border-top: 2px solid var(--ink); }
h3, h2.part { font-size: 1.22rem; margin: 3rem 0 .5rem; }
h2.part { padding: 0; border: 0; }
p { margin: .5rem 0; max-width: 72ch; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
h2 a, h3 a { color: inherit; text-decoration: none; }
h2 a:hover, h3 a:hover { text-decoration: underline; }
.lead, .note, figcaption, .sub { color: var(--muted); }
.note, figcaption { font-size: .9rem; }
.sub { font-size: .95rem; }
nav { margin: 2rem 0; padding: 1rem 1.25rem; background: var(--tint); border-radius: 6px; font-size: .95rem; }
nav p { margin: 0 0 .25rem; font-weight: 600; }
nav ul { margin: 0; padding-left: 1.1rem; }
nav ul ul { color: var(--muted); columns: 2; column-gap: 2rem; }
.status { padding: .6rem .9rem; border-left: 4px solid var(--vermillion); background: var(--warn); max-width: none; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 1.25rem 2rem; margin: 1.5rem 0; }
.numbers div { border-top: 1px solid var(--grid); padding-top: .5rem; }
.numbers dt { font-size: .85rem; color: var(--muted); }
.numbers dd { margin: 0; font: 600 1.65rem/1.25 var(--serif); font-variant-numeric: lining-nums; }
.numbers dd small { display: block; font: .8rem/1.4 var(--sans); color: var(--muted); margin-top: .2rem; }
figure { margin: 1.5rem 0 2.25rem; break-inside: avoid; }
figcaption { max-width: 76ch; margin-bottom: .6rem; }
figcaption strong { color: var(--ink); }
figure svg { display: block; max-width: 100%; }
figure svg:not(.heat) { height: auto; }
figure svg text { font-family: var(--sans); }
.narrow { display: none; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; margin: 0 0 .5rem; padding: 0; font-size: .87rem; }
.legend svg { display: inline-block; vertical-align: -.1em; margin-right: .4em; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); gap: 1.1rem 1.1rem; }
.tile { min-width: 0; break-inside: avoid; }
.tile p { margin: 0; line-height: 1.3; font-size: .8rem; }
.tile .name { font-weight: 600; font-size: .82rem; }
.tile .what { color: var(--muted); margin-bottom: .25rem; }
.tile svg { width: 100%; }
.tile .ends { display: flex; justify-content: space-between; color: var(--muted); font-size: .75rem; }
.heat { background: var(--tint); }
.cursor { fill: none; stroke: var(--ink); stroke-width: 2; vector-effect: non-scaling-stroke; }
.tile:focus-visible, .table:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; }
figcaption a { color: inherit; text-decoration: none; }
figcaption a:hover { text-decoration: underline; }
:target { scroll-margin-top: 1rem; }
figure:target { outline: 2px solid var(--grid); outline-offset: .75rem; border-radius: 2px; }
.tools { display: flex; flex-wrap: wrap; gap: .5rem; }
button, select { font: inherit; font-size: .85rem; color: var(--ink); background: var(--paper); border: 1px solid var(--muted); border-radius: 4px; padding: .2rem .6rem; }
button { cursor: pointer; }
button:hover { background: var(--tint); }
.sort { font-size: .87rem; }
.readout { font-size: .87rem; color: var(--muted); min-height: 1.55em; max-width: none; font-variant-numeric: tabular-nums; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
details { margin: .6rem 0; font-size: .9rem; }
summary { cursor: pointer; color: var(--link); width: max-content; max-width: 100%; }
.table { overflow-x: auto; margin: .75rem 0; }
.table.tall { max-height: 28rem; overflow-y: auto; }
.tall th { position: sticky; top: 0; background: var(--paper); box-shadow: inset 0 -1px var(--ink); }
table { border-collapse: collapse; font-size: .86rem; font-variant-numeric: tabular-nums lining-nums; }
th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--grid); vertical-align: top; overflow-wrap: normal; }
th { font-weight: 600; color: var(--muted); text-align: left; vertical-align: bottom; border-bottom: 1px solid var(--ink); }
th.n, td.n { text-align: right; padding: .3rem .35rem .3rem .6rem; }
th.n { max-width: 13ch; }
td.n { white-space: nowrap; }
.n + .t { padding-left: .9rem; }
td.long { white-space: normal; min-width: 18ch; max-width: 40ch; overflow-wrap: anywhere; }
pre { overflow-x: auto; background: var(--tint); padding: .9rem 1rem; border-radius: 6px; font-size: .8rem; line-height: 1.45; white-space: pre-wrap; }
dl.terms dt { font-weight: 600; margin-top: .6rem; } dl.terms dd { margin: 0; color: var(--muted); max-width: 76ch; font-size: .92rem; }
footer { margin-top: 5rem; border-top: 1px solid var(--grid); padding-top: 1rem; }
@media screen and (max-width: 700px) {
  body { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.75rem; } h2:not(.part) { font-size: 1.4rem; margin-top: 3.5rem; }
  .wide { display: none; } .narrow { display: block; }
  .narrow svg { width: 100%; }
  .numbers { grid-template-columns: 1fr 1fr; gap: 1rem; }
  .tiles { grid-template-columns: repeat(2, 1fr); gap: 1.1rem .4rem; }
  nav ul ul { columns: 1; }
  td { white-space: nowrap; }
}
@media print {
  html { font-size: 11pt; } body { max-width: none; padding: 0; }
  nav, details, .tools, .sort, .readout { display: none; } .table.tall { max-height: none; overflow: visible; } h2:not(.part) { break-before: page; } h3, h2.part { break-after: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
