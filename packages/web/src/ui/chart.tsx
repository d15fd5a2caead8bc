import { useEffect, useRef } from 'react';
import { useComputedColorScheme } from '@mantine/core';

/** An ECharts option made from the theme's colours; made again when the theme changes. */
export type OptionOf = (colour: (token: string) => string) => object;

interface Props {
  readonly label: string;
  readonly height: number;
  readonly option: OptionOf;
  /** The same figures as rows, for those who cannot see the picture: first row is the heading. */
  readonly table: readonly (readonly (string | number)[])[];
}

/** A chart drawn as SVG by ECharts, which is loaded only here, with a table behind it. */
export const Chart = ({ label, height, option, table }: Props) => {
  const box = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme();
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    let dispose: (() => void) | undefined;
    let gone = false;
    void import('./chart-engine.ts').then(({ draw }) => (dispose = gone ? undefined : draw(element, option(tokenOf))));
    return () => { gone = true; dispose?.(); };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the colours of the option change with the scheme
  }, [option, scheme]);
  const [head, ...rows] = table;
  return (
    <figure style={{ margin: 0 }} aria-label={label}>
      <div ref={box} style={{ height }} aria-hidden="true" />
      <table className="sr"><caption>{label}</caption><thead><tr>{head?.map((cell) => <th key={cell} scope="col">{cell}</th>)}</tr></thead><tbody>{rows.map((row, index) => <tr key={index}>{row.map((cell, at) => <td key={at}>{cell}</td>)}</tr>)}</tbody></table>
    </figure>
  );
};

/** `--chart` → its colour in the theme of the moment. */
const tokenOf = (token: string): string => getComputedStyle(document.documentElement).getPropertyValue(token).trim();
