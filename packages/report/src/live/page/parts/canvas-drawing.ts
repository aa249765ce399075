import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { EChartsDrawing } from '../../../charts/chart.js';
import { resolvedColours } from './colours.js';
import { withColours } from './with-colours.js';

use([CustomChart, LineChart, ScatterChart, GridComponent, CanvasRenderer]);

/** A drawing on a canvas, which takes up its element and is drawn anew as often as wanted. */
export class CanvasDrawing {
  private readonly chart: EChartsType;

  constructor(private readonly element: HTMLElement) {
    this.chart = init(element, null, { renderer: 'canvas', width: 1, height: 1 });
  }

  draw({ width, height, option }: EChartsDrawing): void {
    this.chart.resize({ width, height, silent: true });
    const textStyle = { fontFamily: getComputedStyle(this.element).fontFamily };
    this.chart.setOption(withColours({ ...option, textStyle }, resolvedColours()), { notMerge: true });
  }

  /** Where a place of the element, in CSS pixels, is on the axes; undefined outside of them. */
  toAxes(x: number, y: number): readonly [x: number, y: number] | undefined {
    if (!this.chart.containPixel('grid', [x, y])) return undefined;
    const [atX, atY] = this.chart.convertFromPixel('grid', [x, y]) as number[];
    return [atX!, atY!];
  }

  /** The horizontal place of the element, in CSS pixels, of a value of the axis. */
  toPixel(x: number): number {
    return this.chart.convertToPixel({ xAxisIndex: 0 }, x) as number;
  }

  dispose(): void {
    this.chart.dispose();
  }
}
