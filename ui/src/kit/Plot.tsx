import { useEffect, useRef } from "react";
import uPlot, { type AlignedData, type Options } from "uplot";
import "uplot/dist/uPlot.min.css";

interface PlotProps {
  /** Said to those who do not see the plot. */
  label: string;
  data: AlignedData;
  /** Made anew when the theme changes; colours are read from the page's tones. */
  options: (color: (name: string) => string) => Omit<Options, "width" | "height">;
  height: number;
}

const WIDTH_BEFORE_LAYOUT = 600;

/** A line plot that fills its width and follows the theme. */
export function Plot({ label, data, options, height }: PlotProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(data);
  useEffect(() => {
    latest.current = data;
    plot.current?.setData(data);
  }, [data]);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const draw = () => {
      plot.current?.destroy();
      const size = { width: element.clientWidth || WIDTH_BEFORE_LAYOUT, height };
      plot.current = new uPlot({ ...size, ...options(toneOf(element)) }, latest.current, element);
    };
    draw();
    const resized = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    const recolored = new MutationObserver(draw);
    recolored.observe(document.body, { attributeFilter: ["class"] });
    return () => {
      resized.disconnect();
      recolored.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [height, options]);
  return <div ref={host} role="img" aria-label={label} style={{ height }} />;
}

const toneOf = (element: Element) => {
  const style = getComputedStyle(element);
  return (name: string) => style.getPropertyValue(name).trim() || "gray";
};
