// Undo and redo over everything: typing in bursts, pasted blocks, corrections, rows.

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

  /** Rows: what was done, and what undoes it. */
  rows(operations, inverse) {
    this.push({ operations, inverse });
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
}
