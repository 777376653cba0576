// Rows: add, take out, move, and the category a row stands under.

import { parsed } from "./paths.js";
import { say } from "../words.js";

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
    if (!rows.length) return this.editor.notice(say("请先把光标放在指标行里，再加行。"));
    const field = this.fieldHere();
    const at = (one) => Math.min(one.at + 1, this.count(one.block));
    const done = await this.act(rows.map((one) => ({ type: "insert", block: one.block, at: at(one) })));
    if (done) this.focus(rows[0].block, at(rows[0]), "name", field);
  }

  async take() {
    const rows = this.here().filter((one) => one.at < this.count(one.block));
    if (!rows.length) return this.editor.notice(say("请先把光标放在要删的指标行里。"));
    const field = this.fieldHere();
    const done = await this.act(rows.map((one) => ({ type: "remove", block: one.block, at: one.at })));
    if (done) this.focus(rows[0].block, Math.max(rows[0].at - 1, 0), field, "name");
  }

  async move(step) {
    const movable = this.here().filter((one) => one.at < this.count(one.block) && one.at + step >= 0 && one.at + step < this.count(one.block));
    if (!movable.length) return;
    const field = this.fieldHere();
    const done = await this.act(movable.map((one) => ({ type: "move", block: one.block, at: one.at, to: one.at + step })));
    if (done) this.focus(movable[0].block, movable[0].at + step, field, "name");
  }

  /** How many rows there are; blank lines drawn behind them are none yet. */
  count(block) {
    return this.editor.store.rows[block] || 0;
  }

  /** Operations on rows, as a step that can be undone; whether the new table is on the page. */
  async act(operations, before, after) {
    const sent = this.editor.store.act(operations);
    this.editor.history.rows(operations, sent, before, after);
    return this.send(sent);
  }

  async send(sent) {
    const { store } = this.editor;
    await store.save();
    if (!sent.some((one) => store.holds(one))) return true;
    this.editor.notice(say("增减行已经记下，存在这台电脑上，连上服务器后自动进行。"));
    return false;
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

  /** Level names have no field of their own: the table is drawn anew with them. */
  async write(texts) {
    this.editor.store.write(texts);
    await this.editor.store.save();
  }
}
