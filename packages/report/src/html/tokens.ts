/**
 * The custom properties that the report and the live page share: colours in light and dark, on paper too, and families of
 * letters. `--r0` … `--r9` are the steps of the sequential ramp.
 */
export const TOKENS = `
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1b1d21; --muted: #5a6069; --grid: #e3e6ea; --tint: #f5f6f8; --link: #00589b; --warn: #fdf0e6;
  --blue: #0072b2; --vermillion: #d55e00; --green: #009e73; --purple: #cc79a7; --orange: #e69f00; --sky: #56b4e9;
  --r0: #e3edf6; --r1: #cfe0ef; --r2: #b5cfe7; --r3: #96bbdc; --r4: #74a4ce; --r5: #528cbd; --r6: #3573a9; --r7: #1f5b91;
  --r8: #124577; --r9: #0a2f58;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif;
  --serif: Charter, 'Bitstream Charter', 'Sitka Text', Cambria, 'Noto Serif', 'Liberation Serif', Georgia, serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171b; --ink: #e7e9ec; --muted: #a2a8b2; --grid: #2c3038; --tint: #1d2026; --link: #7cc0f5; --warn: #33261a;
    --blue: #3294cf; --r0: #1c2a39; --r1: #213a53; --r2: #264a6d; --r3: #2e5c88; --r4: #3b70a1; --r5: #5487b8; --r6: #739fca;
    --r7: #96b8dc; --r8: #bad1ea; --r9: #e0eaf6;
  }
}
@media print {
  :root {
    --paper: #fff; --ink: #000; --muted: #444; --grid: #ddd; --tint: #f5f6f8; --link: #000; --warn: #fff;
    --blue: #0072b2; --r0: #e3edf6; --r1: #cfe0ef; --r2: #b5cfe7; --r3: #96bbdc; --r4: #74a4ce; --r5: #528cbd; --r6: #3573a9;
    --r7: #1f5b91; --r8: #124577; --r9: #0a2f58;
  }
}
`;
