import type { Graph } from '../graph.ts';
import * as b from './build.ts';
import { type Block, type Passed, type Piece, pieces, type Site } from './pieces.ts';

/** What must hold of how often each block was entered and left, once the run has ended. */
export interface Rule {
  readonly says: string;
  readonly holds: (passed: Passed) => boolean;
}
export interface Built {
  readonly graph: Graph;
  readonly rules: readonly Rule[];
  /** Names of the facts that conditions ask for: true or false (`l…` repeats a loop), and numbers of a way. */
  readonly yesNo: readonly string[];
  readonly ways: readonly string[];
}

/** The map of a block, between markers that pass: `in7` and `out7` stand around block 7. */
export const mapOf = (block: Block): Built => {
  const rules: Rule[] = [];
  const facts = { yesNo: [] as string[], ways: [] as string[] };
  let count = 0;
  const named = (list: string[]) => (name: string) => {
    list.push(name);
    return name;
  };
  const build = (one: Block, into: b.Part[], cut: boolean): Piece => {
    const id = String((count += 1));
    const [first, last] = [`in${id}`, `out${id}`];
    const put = (...parts: b.Parts) => void into.push(...b.parts(...parts));
    const rule = (says: string, holds: Rule['holds']) => void rules.push({ says, holds });
    const inside: Site['inside'] = (child, deeper, trigger = null, result = null) => {
      const parts: b.Part[] = [];
      const piece = build(child, parts, deeper);
      const [start, end] = [`s${piece.id}`, `e${piece.id}`];
      return {
        piece,
        parts: b.parts(
          parts,
          b.start(start, trigger, trigger === null),
          b.end(end, result),
          b.flow(`${start} ${piece.first}`),
          b.flow(`${piece.last} ${end}`),
        ),
      };
    };
    const site: Site = {
      id,
      first,
      last,
      cut,
      put,
      rule,
      inside,
      build: (blocks) => blocks.map((child) => build(child, into, cut)),
      yesNo: named(facts.yesNo),
      way: named(facts.ways),
    };
    put(b.throws(first), b.throws(last));
    rule(`${id} (${one.kind}) goes out as often as in`, (passed) => (cut ? passed(last) <= passed(first) : passed(last) === passed(first)));
    pieces[one.kind](site, one);
    return site;
  };
  const all: b.Part[] = [];
  const whole = build(block, all, false);
  rules.push({ says: 'the whole is entered once', holds: (passed) => passed(whole.first) === 1 });
  return { graph: b.map(b.start('s'), all, b.end('e'), b.flow(`s ${whole.first}`), b.flow(`${whole.last} e`)), rules, ...facts };
};
