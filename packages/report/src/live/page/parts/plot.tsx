import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Chart } from '../../../charts/chart.js';
import { nearestPlace, type Readout } from '../readouts/readout.js';
import type { CanvasDrawing } from './canvas-drawing.js';
import { schemeChanges } from './colours.js';
import { PointedAt, type Pointed } from './pointed-at.js';

interface PlotProps {
  readonly chart: Chart;
  readonly readout: Readout | undefined;
}

/** Drawn this many pixels before it is scrolled into view. */
const MARGIN = '300px 0px';

/** A chart on a canvas, as wide as there is room. What is not in view is not drawn. */
export function Plot({ chart, readout }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const drawing = useRef<CanvasDrawing | undefined>(undefined);
  const current = useRef(chart);
  const draw = useRef(() => {});
  const pointed = useSignal<Pointed | undefined>(undefined);
  const scheme = schemeChanges.value;

  useEffect(() => {
    const element = box.current!;
    let inView = false;
    let width = 0;
    let Drawing: typeof CanvasDrawing | undefined;
    let drawn: readonly unknown[] = [];
    draw.current = () => {
      const wanted = [current.current, width, schemeChanges.peek()];
      if (!inView || width === 0 || !Drawing || wanted.every((item, index) => item === drawn[index])) return;
      drawn = wanted;
      const picture = current.current.draw(width);
      element.style.height = `${picture.height}px`;
      drawing.current ??= new Drawing(element.querySelector<HTMLElement>('.canvas')!);
      drawing.current.draw(picture);
      element.dataset['drawn'] = 'true';
    };
    const sizes = new ResizeObserver(([entry]) => {
      width = Math.floor(entry!.contentRect.width);
      draw.current();
    });
    const views = new IntersectionObserver(
      (entries) => {
        inView = entries.at(-1)!.isIntersecting;
        draw.current();
      },
      { rootMargin: MARGIN },
    );
    sizes.observe(element);
    views.observe(element);
    // The renderer is most of what the page weighs; the list of runs does without it.
    void import('./canvas-drawing.js').then((module) => {
      Drawing = module.CanvasDrawing;
      draw.current();
    });
    return () => {
      inView = false;
      sizes.disconnect();
      views.disconnect();
      drawing.current?.dispose();
      drawing.current = undefined;
    };
  }, []);

  useEffect(() => {
    current.current = chart;
    draw.current();
  }, [chart, scheme]);

  const point = ({ offsetX, offsetY }: PointerEvent) => {
    const at = readout && drawing.current?.toAxes(offsetX, offsetY);
    const index = at && nearestPlace(readout.places, at[0]);
    pointed.value =
      index === undefined
        ? undefined
        : { ...readout!.tell(index, at![1]), x: drawing.current!.toPixel(readout!.places[index]!), y: offsetY };
  };
  return (
    <div class="plot" ref={box} onPointerMove={point} onPointerLeave={() => (pointed.value = undefined)}>
      <div class="canvas" role="img" aria-label={`${chart.title}. ${chart.summary}`} />
      <PointedAt pointed={pointed} />
    </div>
  );
}
