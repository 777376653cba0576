// Undo and redo over everything: typing in bursts, pasted blocks, corrections, rows.

import { moved } from "./paths.js";

const BURST = 700;
const LONGEST = 300;

export class History {
  constructor(onChange) {
    this.done = [];
    this.undone = [];
    this.onChange = onChange;
  }

  /** Typing in one field; bursts without a pause are one step. */
  typed(path, before, after) {
    const last = this.done[this.done.length - 1];
    const now = Date.now();
    if (last && last.typing === path && now - last.at < BURST && !this.undone.length) {
      last.after.set(path, after);
      last.at = now;
      return;
    }
    this.push({ before: new Map([[path, before]]), after: new Map([[path, after]]), typing: path, at: now });
  }

  /** Several texts at once. */
  wrote(before, after) {
    if (after.size) this.push({ before, after });
  }

  /** Rows, and texts written in the same step: what was done, and what was sent for it. */
  rows(operations, sent, before = new Map(), after = new Map()) {
    this.push({ operations, sent, inverse: null, before, after });
  }

  /** The server has done these operations; `undo` are the inverses of those on rows, last first. */
  learn(operations, undo) {
    const rows = operations.filter((one) => one.type !== "write");
    const inverses = new Map((undo || []).length === rows.length ? rows.map((one, at) => [one, undo[rows.length - 1 - at]]) : []);
    for (const stack of [this.done, this.undone]) {
      stack.forEach((step, at) => {
        if (!step.sent || !step.sent.length || !step.sent.every((one) => inverses.has(one))) return;
        step.inverse = step.sent.map((one) => inverses.get(one)).reverse();
        if (stack === this.done) for (const later of stack.slice(at + 1)) if (!later.sent) shift(later, step.operations);
      });
    }
  }

  /** The table was replaced by another one: no step fits any more. */
  forget() {
    this.done = [];
    this.undone = [];
    this.onChange(this);
  }

  push(step) {
    this.done.push(step);
    if (this.done.length > LONGEST) this.done.shift();
    this.undone = [];
    this.onChange(this);
  }

  back() {
    return this._take(this.done, this.undone);
  }

  forth() {
    return this._take(this.undone, this.done);
  }

  _take(from, to) {
    const step = from.pop();
    if (step) {
      step.typing = null;
      to.push(step);
    }
    this.onChange(this);
    return step;
  }

  /** A step that could not be undone stays where it was. */
  putBack() {
    const step = this.undone.pop();
    if (step) this.done.push(step);
    this.onChange(this);
  }
}

/** What was typed before the new rows were drawn, by its place among them. */
function shift(step, operations) {
  for (const side of ["before", "after"]) {
    step[side] = new Map([...step[side]].map(([path, text]) => [moved(path, operations), text]).filter(([path]) => path));
  }
}
