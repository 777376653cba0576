// Rows: add, take out, move, and the category a row stands under.

import { parsed } from "./paths.js";

export class Rows {
  constructor(editor) {
    this.editor = editor;
  }

  /** The rows of the record that the current line of the table shows, one for each half. */
  here(field = this.editor.current) {
    const tr = field && field.closest ? field.closest("tr[data-rows]") : null;
    return tr ? tr.dataset.rows.split(" ").filter(Boolean).map(parsed).filter((one) => !one.before) : [];
  }

  async add() {
    const rows = this.here();
    if (!rows.length) return this.editor.notice("请先把光标放在指标行里，再加行。");
    const field = this.fieldHere();
    const done = await this.act(rows.map((one) => ({ type: "insert", block: one.block, at: one.at + 1 })));
    if (done) this.focus(rows[0].block, rows[0].at + 1, "name", field);
  }

  async take() {
    const rows = this.here();
    if (!rows.length) return this.editor.notice("请先把光标放在要删的指标行里。");
    const field = this.fieldHere();
    const done = await this.act(rows.map((one) => ({ type: "remove", block: one.block, at: one.at })));
    if (done) this.focus(rows[0].block, Math.max(rows[0].at - 1, 0), field, "name");
  }

  async move(step) {
    const rows = this.here();
    const count = this.editor.store.rows;
    const movable = rows.filter((one) => one.at + step >= 0 && one.at + step < (count[one.block] || 0));
    if (!movable.length) return;
    const field = this.fieldHere();
    const done = await this.act(movable.map((one) => ({ type: "move", block: one.block, at: one.at, to: one.at + step })));
    if (done) this.focus(movable[0].block, movable[0].at + step, field, "name");
  }

  /** Send operations on rows; what undoes them comes back with the new table. */
  async act(operations, remember = true) {
    const answer = await this.editor.store.save(operations);
    if (!answer || !answer.table) return false;
    if (remember) this.editor.history.rows(operations, answer.undo);
    return true;
  }

  fieldHere() {
    const found = this.editor.current && parsed(this.editor.current.name || this.editor.current.dataset.path || "");
    return found ? found.field : "name";
  }

  focus(block, at, ...fields) {
    for (const one of fields) {
      const found = this.editor.table.field(`${block}[${at}].${one}`);
      if (found) return this.editor.go(found);
    }
    return null;
  }

  /** A level name for all the rows its cell covers. */
  async name(button, level1, level2) {
    const { block, at } = parsed(button.dataset.path);
    const count = Number(button.dataset.count);
    const before = new Map();
    const after = new Map();
    for (let row = at; row < at + count; row += 1) {
      const old = this.editor.levels(block, row);
      const set = (field, text) => {
        if (text === null || old[field] === text) return;
        before.set(`${block}[${row}].${field}`, old[field] || "");
        after.set(`${block}[${row}].${field}`, text);
      };
      set("level1", level1);
      set("level2", level2);
    }
    if (!after.size) return;
    await this.write(after);
    this.editor.history.wrote(before, after);
  }

  /** Level names have no field of their own: they are written as operations. */
  async write(texts) {
    const operations = [...texts].map(([path, text]) => ({ type: "write", path, text }));
    const answer = await this.editor.store.save(operations);
    return Boolean(answer);
  }
}
