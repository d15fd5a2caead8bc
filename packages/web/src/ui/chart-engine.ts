import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, MarkLineComponent, MarkPointComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, ScatterChart, GridComponent, TooltipComponent, MarkLineComponent, MarkPointComponent, AriaComponent, SVGRenderer]);

/** Draws an option into an element and keeps it as wide as that. Answers with the way to take it away. */
export const draw = (element: HTMLElement, option: object): (() => void) => {
  const chart = init(element, null, { renderer: 'svg' });
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  chart.setOption({ animation: !still, animationDuration: 150, animationDurationUpdate: 150, textStyle: { fontFamily: 'Inter Variable, Inter, system-ui', fontSize: 12 }, ...option });
  const watch = new ResizeObserver(() => chart.resize());
  watch.observe(element);
  return () => { watch.disconnect(); chart.dispose(); };
};
