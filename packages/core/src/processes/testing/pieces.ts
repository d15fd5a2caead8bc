import * as b from './build.ts';

export type Kind =
  | 'task'
  | 'job'
  | 'call'
  | 'catch'
  | 'rule'
  | 'link'
  | 'sequence'
  | 'exclusive'
  | 'parallel'
  | 'inclusive'
  | 'eventBased'
  | 'loop'
  | 'sub'
  | 'standard'
  | 'many'
  | 'interrupted'
  | 'reminded'
  | 'served'
  | 'caught'
  | 'stopped';

/** A piece of a map with one way in and one way out, made of such pieces: whatever comes in must go out once. */
export interface Block {
  readonly kind: Kind;
  readonly blocks: readonly Block[];
  /** Of `many`. */
  readonly times: number;
  readonly sequential: boolean;
}

/** A block that stands in the map: marked by two events that pass. */
export interface Piece {
  readonly id: string;
  readonly first: string;
  readonly last: string;
}
export type Passed = (node: string) => number;

/** Where a block is built. */
export interface Site extends Piece {
  /** It can be interrupted from outside, so less may go out than came in. */
  readonly cut: boolean;
  readonly put: (...parts: b.Parts) => void;
  readonly rule: (says: string, holds: (passed: Passed) => boolean) => void;
  /** Builds blocks beside this one, in the same scope. */
  readonly build: (blocks: readonly Block[]) => readonly Piece[];
  /** Builds a block with a start and an end of its own, for a scope inside. */
  readonly inside: (
    block: Block,
    cut: boolean,
    trigger?: Parameters<typeof b.start>[1],
    result?: Parameters<typeof b.end>[1],
  ) => { readonly piece: Piece; readonly parts: readonly b.Part[] };
  /** Names a fact that conditions ask for: true or false, or the number of a way. */
  readonly yesNo: (name: string) => string;
  readonly way: (name: string) => string;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
const x = ({ id }: Piece) => `x${id}`;
const y = ({ id }: Piece) => `y${id}`;

/** One node between the markers. */
const line = (site: Site, node: b.Part) => site.put(node, b.flow(`${site.first} ${x(site)} ${site.last}`));
const leaf = (node: (id: string) => b.Part) => (site: Site) => line(site, node(x(site)));

/** Each is entered as often as the whole; where it can be cut, at most. */
const same = (site: Site, within: readonly Piece[]) => {
  for (const piece of within)
    site.rule(`${piece.id} is entered as often as ${site.id}`, (passed) => asOften(site, passed(piece.first), passed(site.first)));
};
const asOften = ({ cut }: Site, times: number, expected: number) => (cut ? times <= expected : times === expected);

/** A gateway that splits, one that joins, and the pieces between them. */
const fork = (
  site: Site,
  [split, join]: readonly [b.Part, b.Part],
  pieces: readonly Piece[],
  way: (piece: Piece, index: number) => readonly b.Part[],
) => {
  site.put(split, join, b.flow(`${site.first} ${x(site)}`), b.flow(`${y(site)} ${site.last}`));
  pieces.forEach((piece, index) => site.put(way(piece, index), b.flow(`${piece.last} ${y(site)}`)));
};
const oneOf = (site: Site, ways: readonly Piece[]) =>
  site.rule(`one way of ${site.id} each time`, (passed) => asOften(site, sum(ways.map(({ first }) => passed(first))), passed(site.first)));
const lastOf = (pieces: readonly Piece[]): string => pieces.at(-1)?.first ?? '';

const sequence = (site: Site, { blocks }: Block) => {
  const pieces = site.build(blocks);
  const stops = [site.first, ...pieces.flatMap(({ first, last }) => [first, last]), site.last];
  for (let index = 0; index < stops.length; index += 2) site.put(b.flow(`${stops[index]} ${stops[index + 1]}`));
  if (!site.cut) same(site, pieces);
};

const exclusive = (site: Site, { blocks }: Block) => {
  const pieces = site.build(blocks);
  const fact = site.way(`w${site.id}`);
  fork(site, [b.exclusive(x(site), `${x(site)}-${lastOf(pieces)}`), b.exclusive(y(site))], pieces, (piece, index) =>
    index === pieces.length - 1 ? b.flow(`${x(site)} ${piece.first}`) : b.when(`${fact} = ${index}`, `${x(site)} ${piece.first}`),
  );
  oneOf(site, pieces);
};

const parallel = (site: Site, { blocks }: Block) => {
  const pieces = site.build(blocks);
  fork(site, [b.parallel(x(site)), b.parallel(y(site))], pieces, (piece) => b.flow(`${x(site)} ${piece.first}`));
  same(site, pieces);
};

const inclusive = (site: Site, { blocks }: Block) => {
  const pieces = site.build(blocks);
  fork(site, [b.inclusive(x(site), `${x(site)}-${lastOf(pieces)}`), b.inclusive(y(site))], pieces, (piece, index) =>
    index === pieces.length - 1 ? b.flow(`${x(site)} ${piece.first}`) : b.when(site.yesNo(`i${piece.id}`), `${x(site)} ${piece.first}`),
  );
  site.rule(`at least one way of ${site.id} each time, and none twice`, (passed) => {
    const entered = pieces.map(({ first }) => passed(first));
    return (site.cut || sum(entered) >= passed(site.first)) && entered.every((times) => times <= passed(site.first));
  });
};

const eventBased = (site: Site, { blocks }: Block) => {
  const pieces = site.build(blocks);
  for (const { id } of pieces) site.put(b.waitFor(`m${id}`, b.message(`m${id}`)));
  fork(site, [b.firstOf(x(site)), b.exclusive(y(site))], pieces, ({ id, first }) => b.flow(`${x(site)} m${id} ${first}`));
  oneOf(site, pieces);
};

const loop = (site: Site, { blocks }: Block) => {
  const [piece] = site.build(blocks.slice(0, 1)) as [Piece];
  // A person in each round: without one an endless loop would be the map's fault.
  site.put(b.exclusive(x(site)), b.user(`again${site.id}`), b.exclusive(y(site), `${y(site)}-${site.last}`));
  site.put(b.flow(`${site.first} ${x(site)} ${piece.first}`), b.flow(`${piece.last} again${site.id} ${y(site)} ${site.last}`));
  site.put(b.when(site.yesNo(`l${site.id}`), `${y(site)} ${x(site)}`));
  site.rule(`${piece.id} at least once for each of ${site.id}`, (passed) => site.cut || passed(piece.first) >= passed(site.first));
};

const first = ({ blocks }: Block): Block => blocks[0] as Block;
const other = ({ blocks }: Block): Block => blocks[1] as Block;

const sub = (site: Site, block: Block) => {
  const { piece, parts } = site.inside(first(block), site.cut);
  line(site, b.sub(x(site), parts));
  same(site, [piece]);
};

const standard = (site: Site, block: Block) => {
  const { parts } = site.inside(first(block), site.cut);
  line(site, b.sub(x(site), parts, { loop: b.again(site.yesNo(`l${site.id}`), { maximum: 3 }) }));
};

const many = (site: Site, block: Block) => {
  const { piece, parts } = site.inside(first(block), site.cut);
  const { times, sequential } = block;
  line(site, b.sub(x(site), parts, { loop: b.times(String(times), { sequential }) }));
  if (!site.cut)
    site.rule(`${piece.id} ${times} times for each of ${site.id}`, (passed) => passed(piece.first) === times * passed(site.first));
};

const interrupted = (site: Site, block: Block) => {
  const { piece, parts } = site.inside(first(block), true);
  const [beside] = site.build([other(block)]) as [Piece];
  site.put(b.sub(x(site), parts), b.boundary(`t${site.id}`, x(site), b.timer('P5D')), b.exclusive(y(site)));
  site.put(
    b.flow(`${site.first} ${x(site)} ${y(site)} ${site.last}`),
    b.flow(`t${site.id} ${beside.first}`),
    b.flow(`${beside.last} ${y(site)}`),
  );
  same(site, [piece]);
};

const reminded = (site: Site, block: Block) => {
  const { piece, parts } = site.inside(first(block), site.cut);
  const [beside] = site.build([other(block)]) as [Piece];
  line(site, b.sub(x(site), parts));
  site.put(
    b.boundary(`t${site.id}`, x(site), b.timer('P5D'), false),
    b.end(y(site)),
    b.flow(`t${site.id} ${beside.first}`),
    b.flow(`${beside.last} ${y(site)}`),
  );
  same(site, [piece]);
  site.rule(`a reminder of ${site.id} comes at most once each time`, (passed) => passed(beside.first) <= passed(site.first));
};

const served = (site: Site, block: Block) => {
  const { piece, parts } = site.inside(first(block), site.cut);
  const beside = site.inside(other(block), site.cut, b.timer('P1D'));
  line(site, b.sub(x(site), [...parts, b.onEvent(`v${site.id}`, beside.parts)]));
  same(site, [piece]);
};

/** Two side by side; when the first is done an error ends both, and the boundary catches it. */
const caught = (site: Site, block: Block) => {
  const fails = site.inside(first(block), true, null, b.error('boom'));
  const beside = site.inside(other(block), true);
  site.put(b.sub(x(site), [...fails.parts, ...beside.parts]), b.boundary(`t${site.id}`, x(site), b.error('boom')), b.exclusive(y(site)));
  site.put(b.flow(`${site.first} ${x(site)} ${y(site)} ${site.last}`), b.flow(`t${site.id} ${y(site)}`));
  same(site, [fails.piece, beside.piece]);
};

/** Two side by side; when the first is done it terminates both. */
const stopped = (site: Site, block: Block) => {
  const ends = site.inside(first(block), true, null, b.terminate);
  const beside = site.inside(other(block), true);
  line(site, b.sub(x(site), [...ends.parts, ...beside.parts]));
  same(site, [ends.piece, beside.piece]);
};

export const pieces: Readonly<Record<Kind, (site: Site, block: Block) => void>> = {
  task: leaf((id) => b.user(id)),
  job: leaf((id) => b.service(id)),
  call: leaf((id) => b.call(id)),
  catch: leaf((id) => b.waitFor(id, b.message(id))),
  rule: leaf((id) => b.rule(id, '1', 'one')),
  link: (site) =>
    site.put(
      b.linkTo(x(site), x(site)),
      b.linkFrom(y(site), x(site)),
      b.flow(`${site.first} ${x(site)}`),
      b.flow(`${y(site)} ${site.last}`),
    ),
  sequence,
  exclusive,
  parallel,
  inclusive,
  eventBased,
  loop,
  sub,
  standard,
  many,
  interrupted,
  reminded,
  served,
  caught,
  stopped,
};
