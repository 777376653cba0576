// The reasons of the last return, at the cells that answer them: what was asked, and whether the
// cell is still as it was. Reasons go along with their rows when rows come, go or move.

import { moved } from "./paths.js";

export class Returned {
  constructor(editor) {
    this.editor = editor;
    this.list = document.getElementById("asked");
    this.open = document.getElementById("asked-open");
    if (!this.list) return;
    for (const kind of ["input", "change"]) editor.paper.addEventListener(kind, () => this.check());
  }

  get lines() {
    return this.list ? [...this.list.children] : [];
  }

  /** Rows were put in, taken out or moved. */
  moved(operations) {
    for (const line of this.lines) {
      if (!line.dataset.cell) continue;
      const path = moved(line.dataset.cell, operations);
      if (path === null) {
        delete line.dataset.cell;
        line.dataset.gone = "";
      } else line.dataset.cell = path;
      const link = line.querySelector("a.goto");
      if (path && link) link.hash = encodeURIComponent(path);
    }
  }

  text(path) {
    const text = this.editor.table.text(path);
    if (text !== undefined) return text;
    const level = this.editor.paper.querySelector(`button.level[data-path="${CSS.escape(path)}"]`);
    return level ? level.dataset.text : undefined;
  }

  /** Which cells have been answered, on the list and at the cells. */
  check() {
    for (const cell of this.editor.paper.querySelectorAll("td.at-returned")) cell.classList.remove("at-returned", "is-answered");
    let open = 0;
    for (const line of this.lines) {
      const text = line.dataset.cell ? this.text(line.dataset.cell) : undefined;
      const gone = "gone" in line.dataset;
      if (text !== undefined || gone) this.say(line, gone || text.trim() !== line.dataset.was.trim(), text || "", gone);
      if (!line.classList.contains("is-changed")) open += 1;
      const field = this.editor.found.fieldOf(line);
      if (!field) continue;
      const cell = field.closest("td");
      const all = this.lines.filter((one) => one.dataset.cell === line.dataset.cell);
      cell.classList.add("at-returned");
      cell.classList.toggle("is-answered", all.every((one) => one.classList.contains("is-changed")));
      cell.dataset.sign = cell.classList.contains("is-answered") ? this.list.dataset.answered : this.list.dataset.sign;
    }
    if (this.open) {
      this.open.textContent = open ? `${open} ${this.list.dataset.open}` : this.list.dataset.none;
      this.open.className = open ? "error" : "fine";
    }
  }

  say(line, changed, text, gone) {
    const { dataset } = this.list;
    line.classList.toggle("is-changed", changed);
    const tag = line.querySelector(".tag");
    tag.textContent = gone ? dataset.gone : changed ? dataset.changed : dataset.unchanged;
    tag.className = `tag ${changed ? "fine" : "error"}`;
    line.querySelector(".then-now").hidden = !changed;
    line.querySelector(".then-now ins").textContent = text || dataset.blank;
  }
}
