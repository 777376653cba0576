// Which row is which while rows come and go: every row of the drawn table has a token, and so has
// every row that is asked for and not drawn yet. With it an operation made on one state of the
// table is carried over to another.

import { parsed } from "./paths.js";

export class Shape {
  /** `counts`: how many rows each block has. Blank lines drawn behind them are tokens as well. */
  constructor(counts) {
    this.lists = {};
    this.next = {};
    for (const [block, count] of Object.entries(counts)) {
      this.lists[block] = [...Array(count).keys()];
      this.next[block] = count;
    }
  }

  list(block) {
    if (!this.lists[block]) [this.lists[block], this.next[block]] = [[], 0];
    return this.lists[block];
  }

  /** The token of a row; typing behind the last row makes the rows up to there. */
  token(block, at) {
    const list = this.list(block);
    while (list.length <= at) list.push(this.next[block]++);
    return list[at];
  }

  /** Where the row of a token is now, -1 where it is gone. */
  place(block, token) {
    const list = this.list(block);
    const found = list.indexOf(token);
    if (found >= 0 || typeof token !== "number" || token < this.next[block]) return found;
    while (this.next[block] <= token) list.push(this.next[block]++);
    return list.length - 1;
  }

  apply(one) {
    if (one.type === "write") {
      const found = parsed(one.path);
      if (found) this.token(found.block, found.at);
    } else if (one.type === "insert") this.list(one.block).splice(one.at, 0, one);
    else if (one.type === "remove") this.list(one.block).splice(one.at, 1);
    else this.list(one.block).splice(one.to, 0, ...this.list(one.block).splice(one.at, 1));
    return this;
  }

  /** Behind which row of this shape a row belongs that stands at `at` in another. */
  behind(block, other, at) {
    for (let before = at - 1; before >= 0; before -= 1) {
      const place = this.place(block, other.token(block, before));
      if (place >= 0) return place + 1;
    }
    return 0;
  }
}

export const row = (path, at) => {
  const { block, field } = parsed(path);
  return `${block}[${at}]${field ? `.${field}` : ""}`;
};

/**
 * An operation on `from` as it has to be said on `to`; null where its row is gone there. Both
 * shapes are as they are after it.
 */
export function carried(one, from, to) {
  if (one.type === "write") {
    const found = parsed(one.path);
    if (!found) return one;
    const at = to.place(found.block, from.token(found.block, found.at));
    return at < 0 ? null : { ...one, path: row(one.path, at) };
  }
  const { block } = one;
  if (one.type === "insert") {
    const made = { ...one, at: to.behind(block, from, one.at) };
    from.list(block).splice(one.at, 0, made);
    to.apply(made);
    return made;
  }
  const token = from.token(block, one.at);
  const at = to.place(block, token);
  from.apply(one);
  if (at < 0) return null;
  if (one.type === "remove") {
    to.list(block).splice(at, 1);
    return { ...one, at };
  }
  to.list(block).splice(at, 1);
  const made = { ...one, at, to: to.behind(block, from, one.to) };
  to.list(block).splice(made.to, 0, token);
  return made;
}

/** The texts of a table after operations on it, as far as they can be known without the server. */
export function applied(texts, counts, operations) {
  const shape = new Shape(counts);
  const rows = new Map();
  const rest = new Map();
  for (const [path, text] of texts) {
    const found = parsed(path);
    if (!found) rest.set(path, text);
    else if (!found.before) fields(rows, found.block, shape.token(found.block, found.at)).set(found.field, text);
  }
  const tails = new Shape(counts); // blank lines that were only drawn are no rows
  for (const one of operations) {
    if (one.type !== "write") {
      tails.apply(one);
      if (one.type === "insert") for (const [field, text] of Object.entries(one.texts || {})) fields(rows, one.block, one).set(field, text);
      continue;
    }
    const found = parsed(one.path);
    if (found) fields(rows, found.block, tails.token(found.block, found.at)).set(found.field, one.text);
    else rest.set(one.path, one.text);
  }
  const left = {};
  for (const block of Object.keys(tails.lists)) {
    tails.lists[block].forEach((token, at) => {
      for (const [field, text] of fields(rows, block, token)) rest.set(`${block}[${at}].${field}`, text);
    });
    left[block] = tails.lists[block].length;
  }
  return { texts: rest, counts: left };
}

function fields(rows, block, token) {
  if (!rows.has(block)) rows.set(block, new Map());
  const block_ = rows.get(block);
  if (!block_.has(token)) block_.set(token, new Map());
  return block_.get(token);
}
