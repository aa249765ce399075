import { ReluctantError } from '@reluctant/core';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];

/**
 * Draws an SVG on white with letters that come along, so that it looks the same on every machine.
 * @param scale pixels for each CSS pixel
 * @throws `INTERNAL` where this platform has no renderer
 */
export async function renderPng(svg: string, scale: number): Promise<Uint8Array> {
  const { Resvg } = await loadRenderer();
  const folder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  const renderer = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      fontFiles: FONTS.map((name) => join(folder, name)),
      loadSystemFonts: false,
      defaultFontFamily: 'DejaVu Sans',
    },
    background: '#fff',
  });
  return renderer.render().asPng();
}

async function loadRenderer(): Promise<typeof import('@resvg/resvg-js')> {
  try {
    return await import('@resvg/resvg-js');
  } catch (error) {
    throw ReluctantError.from(error, 'INTERNAL', 'This platform has no renderer for PNG. Take SVG instead');
  }
}
