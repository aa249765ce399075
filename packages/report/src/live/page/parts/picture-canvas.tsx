import { useEffect, useRef } from 'preact/hooks';
import type { Picture } from '../../api.js';

/** A small picture, each pixel a square. */
export function PictureCanvas({ picture, label }: { readonly picture: Picture; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, rgb } = picture;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.putImageData(new ImageData(rgbaOf(atob(rgb), width * height), width, height), 0, 0);
  }, [rgb, width, height]);
  return <canvas class="picture" ref={canvas} width={width} height={height} role="img" aria-label={label} />;
}

/** Opaque pixels from bytes of red, green and blue; black where there are too few. */
function rgbaOf(bytes: string, pixels: number): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 3; channel++)
      rgba[4 * pixel + channel] = bytes.charCodeAt(3 * pixel + channel) || 0;
    rgba[4 * pixel + 3] = 255;
  }
  return rgba;
}
