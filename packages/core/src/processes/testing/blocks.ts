import type { Graph } from '../graph.ts';
import * as b from './build.ts';

/** A piece of a map with one way in and one way out, made of such pieces: whatever comes in must go out once. */
export type Block =
  | { readonly kind: 'task' | 'job' | 'call' | 'catch' | 'rule' | 'link' }
  | { readonly kind: 'sequence' | 'exclusive' | 'parallel' | 'inclusive' | 'eventBased'; readonly blocks: readonly Block[] }
  | { readonly kind: 'loop' | 'sub' | 'standard'; readonly block: Block }
  | { readonly kind: 'many'; readonly block: Block; readonly times: number; readonly sequential: boolean }
  | { readonly kind: 'interrupted' | 'reminded' | 'served'; readonly block: Block; readonly other: Block };

/** What must hold of how often each block was entered and left, once the run has ended. */
export interface Rule {
  readonly says: string;
  readonly holds: (passed: (node: string) => number) => boolean;
}
export interface Built {
  readonly graph: Graph;
  readonly rules: readonly Rule[];
  /** Names of the facts that conditions ask for: true or false, and numbers of a way. */
  readonly yesNo: readonly string[];
  readonly ways: readonly string[];
}

interface Piece {
  readonly first: string;
  readonly last: string;
  readonly id: string;
}

/** The map of a block, between markers that pass: `in7` and `out7` stand around block 7. */
export const mapOf = (block: Block): Built => {
  const rules: Rule[] = [];
  const yesNo: string[] = [];
  const ways: string[] = [];
  let count = 0;
  const rule = (says: string, holds: Rule['holds']) => rules.push({ says, holds });
  const build = (one: Block, into: b.Part[], cut: boolean): Piece => {
    const id = String((count += 1));
    const [first, last, x] = [`in${id}`, `out${id}`, `x${id}`];
    into.push(b.throws(first), b.throws(last));
    const put = (...parts: b.Parts) => into.push(...b.parts(...parts));
    if (cut) rule(`block ${id} (${one.kind}) goes out at most as often as in`, (passed) => passed(last) <= passed(first));
    else rule(`block ${id} (${one.kind}) goes out as often as in`, (passed) => passed(last) === passed(first));
    const same = (child: Piece) =>
      rule(`block ${child.id} is entered as often as ${id}`, (passed) => passed(`in${child.id}`) === passed(first));
    const inside = (child: Block, deeper: boolean): { readonly piece: Piece; readonly parts: readonly b.Part[] } => {
      const parts: b.Part[] = [];
      const piece = build(child, parts, deeper);
      return {
        piece,
        parts: [
          ...parts,
          b.start(`s${piece.id}`),
          b.end(`e${piece.id}`),
          ...b.flow(`s${piece.id} ${piece.first}`),
          ...b.flow(`${piece.last} e${piece.id}`),
        ],
      };
    };
    const line = (node: b.Part) => put(node, b.flow(`${first} ${x} ${last}`));
    switch (one.kind) {
      case 'task':
        line(b.user(x));
        break;
      case 'job':
        line(b.service(x));
        break;
      case 'call':
        line(b.call(x));
        break;
      case 'catch':
        line(b.waitFor(x, b.message(x)));
        break;
      case 'rule':
        line(b.rule(x, '1', 'one'));
        break;
      case 'link':
        put(b.linkTo(x, x), b.linkFrom(`y${id}`, x), b.flow(`${first} ${x}`), b.flow(`y${id} ${last}`));
        break;
      case 'sequence': {
        const pieces = one.blocks.map((child) => build(child, into, cut));
        if (!cut) pieces.forEach(same);
        put(
          b
            .flow(`${first} ${pieces.map((piece) => `${piece.first} ${piece.last}`).join(' ')} ${last}`)
            .filter((part) => !('from' in part) || !pieces.some((piece) => piece.first === part.from && piece.last === part.to)),
        );
        break;
      }
      case 'exclusive': {
        const pieces = one.blocks.map((child) => build(child, into, cut));
        ways.push(`w${id}`);
        put(b.exclusive(x, `${x}-${pieces.at(-1)?.first}`), b.exclusive(`y${id}`), b.flow(`${first} ${x}`), b.flow(`y${id} ${last}`));
        pieces.forEach((piece, index) =>
          put(
            index === pieces.length - 1 ? b.flow(`${x} ${piece.first}`) : b.when(`w${id} = ${index}`, `${x} ${piece.first}`),
            b.flow(`${piece.last} y${id}`),
          ),
        );
        rule(`one way of ${id} each time`, (passed) => pieces.reduce((sum, piece) => sum + passed(piece.first), 0) === passed(first));
        break;
      }
      case 'parallel': {
        const pieces = one.blocks.map((child) => build(child, into, cut));
        put(b.parallel(x), b.parallel(`y${id}`), b.flow(`${first} ${x}`), b.flow(`y${id} ${last}`));
        for (const piece of pieces) {
          put(b.flow(`${x} ${piece.first}`), b.flow(`${piece.last} y${id}`));
          same(piece);
        }
        break;
      }
      case 'inclusive': {
        const pieces = one.blocks.map((child) => build(child, into, cut));
        put(b.inclusive(x, `${x}-${pieces.at(-1)?.first}`), b.inclusive(`y${id}`), b.flow(`${first} ${x}`), b.flow(`y${id} ${last}`));
        pieces.forEach((piece, index) => {
          if (index < pieces.length - 1) yesNo.push(`i${piece.id}`);
          put(
            index === pieces.length - 1 ? b.flow(`${x} ${piece.first}`) : b.when(`i${piece.id}`, `${x} ${piece.first}`),
            b.flow(`${piece.last} y${id}`),
          );
        });
        rule(`at least one way of ${id} each time, and no way twice`, (passed) => {
          const entered = pieces.map((piece) => passed(piece.first));
          return entered.reduce((sum, times) => sum + times, 0) >= passed(first) && entered.every((times) => times <= passed(first));
        });
        break;
      }
      case 'eventBased': {
        const pieces = one.blocks.map((child) => build(child, into, cut));
        put(b.firstOf(x), b.exclusive(`y${id}`), b.flow(`${first} ${x}`), b.flow(`y${id} ${last}`));
        for (const piece of pieces)
          put(
            b.waitFor(`m${piece.id}`, b.message(`m${piece.id}`)),
            b.flow(`${x} m${piece.id} ${piece.first}`),
            b.flow(`${piece.last} y${id}`),
          );
        if (!cut)
          rule(`one event of ${id} each time`, (passed) => pieces.reduce((sum, piece) => sum + passed(piece.first), 0) === passed(first));
        break;
      }
      case 'loop': {
        const piece = build(one.block, into, cut);
        yesNo.push(`l${id}`);
        put(
          b.exclusive(x),
          b.user(`again${id}`),
          b.exclusive(`y${id}`, `y${id}-${last}`),
          b.flow(`${first} ${x} ${piece.first}`),
          b.flow(`${piece.last} again${id} y${id} ${last}`),
          b.when(`l${id}`, `y${id} ${x}`),
        );
        rule(`block ${piece.id} at least once for each of ${id}`, (passed) => passed(piece.first) >= passed(first));
        break;
      }
      case 'sub': {
        const { piece, parts } = inside(one.block, cut);
        line(b.sub(x, parts));
        same(piece);
        break;
      }
      case 'standard': {
        const { parts } = inside(one.block, cut);
        yesNo.push(`l${id}`);
        line(b.sub(x, parts, { loop: b.again(`l${id}`, { maximum: 3 }) }));
        break;
      }
      case 'many': {
        const { piece, parts } = inside(one.block, cut);
        line(b.sub(x, parts, { loop: b.times(String(one.times), { sequential: one.sequential }) }));
        if (!cut)
          rule(`block ${piece.id} ${one.times} times for each of ${id}`, (passed) => passed(piece.first) === one.times * passed(first));
        break;
      }
      case 'interrupted': {
        const { piece, parts } = inside(one.block, true);
        const other = build(one.other, into, cut);
        line(b.sub(x, parts));
        put(
          b.boundary(`t${id}`, x, b.timer('P5D')),
          b.exclusive(`y${id}`),
          b.flow(`t${id} ${other.first}`),
          b.flow(`${other.last} y${id}`),
        );
        const at = into.findIndex((part) => 'from' in part && part.from === x && part.to === last);
        into.splice(at, 1, ...b.flow(`${x} y${id} ${last}`));
        same(piece);
        break;
      }
      case 'reminded': {
        const { piece, parts } = inside(one.block, cut);
        const other = build(one.other, into, cut);
        line(b.sub(x, parts));
        put(
          b.boundary(`t${id}`, x, b.timer('P5D'), false),
          b.end(`y${id}`),
          b.flow(`t${id} ${other.first}`),
          b.flow(`${other.last} y${id}`),
        );
        same(piece);
        rule(`a reminder of ${id} comes at most once each time`, (passed) => passed(other.first) <= passed(first));
        break;
      }
      case 'served': {
        const { piece, parts } = inside(one.block, cut);
        const served = inside(one.other, cut);
        const start = b.start(`s${served.piece.id}`, b.timer('P1D'), false);
        const others = served.parts.map((part) => ('node' in part && part.node.id === `s${served.piece.id}` ? start : part));
        line(b.sub(x, [...parts, b.onEvent(`v${id}`, others)]));
        same(piece);
        break;
      }
    }
    return { first, last, id };
  };
  const all: b.Part[] = [];
  const whole = build(block, all, false);
  const graph = b.map(b.start('s'), all, b.end('e'), b.flow(`s ${whole.first}`), b.flow(`${whole.last} e`));
  rule('the whole is entered once', (passed) => passed(whole.first) === 1);
  return { graph, rules, yesNo, ways };
};
