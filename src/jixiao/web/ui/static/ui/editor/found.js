// Findings at their cells: marks, a note beside the cell one stands in, the way to the next one.

import { Returned } from "./returned.js";

const RANK = ["error", "warning", "advice", "info"];

export class Found {
  constructor(editor) {
    this.editor = editor;
    this.list = document.getElementById("found");
    this.count = document.getElementById("found-count");
    this.nothing = document.getElementById("nothing-found");
    this.tip = document.createElement("div");
    this.tip.className = "tip";
    this.tip.hidden = true;
    this.tip.lang = document.documentElement.lang;
    editor.paper.append(this.tip);
    this.returned = new Returned(editor);
    document.addEventListener("click", (event) => this.clicked(event));
    for (const kind of ["scroll", "resize"]) window.addEventListener(kind, () => this.tip.hidden || !this.cell.isConnected || editor.aside(this.tip, this.cell), { passive: true });
    editor.found = this;
    this.mark();
  }

  /** What a person is told: why it was sent back, then what the engine says. */
  get lines() {
    return [...this.returned.lines, ...this.list.children];
  }

  /** A new list from the server. */
  show(answer) {
    // What the browser reads back is never what it was given: the text itself is compared.
    if (this.drawn !== answer.list) this.list.innerHTML = this.drawn = answer.list;
    this.count.textContent = answer.count;
    this.nothing.hidden = answer.count > 0;
    this.mark();
    if (answer.sums) this.editor.paper.querySelectorAll("td.computed").forEach((cell, at) => (cell.textContent = answer.sums[at] || ""));
  }

  /** Put a mark at every cell that a line of the list names. */
  mark() {
    for (const cell of this.editor.paper.querySelectorAll("td[data-found]")) {
      cell.classList.remove(...RANK.map((one) => `at-${one}`));
      delete cell.dataset.found;
      const field = cell.querySelector("textarea,select,input,button");
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    }
    this.returned.check();
    for (const line of this.lines) {
      const field = this.fieldOf(line);
      if (!field) continue;
      const cell = field.closest("td");
      const said = (cell.dataset.found || "").split(" ").filter(Boolean);
      cell.dataset.found = [...said, line.id].join(" ");
      const worst = RANK.find((one) => line.classList.contains(one) || cell.classList.contains(`at-${one}`));
      cell.classList.remove(...RANK.map((one) => `at-${one}`));
      if (worst) cell.classList.add(`at-${worst}`);
      field.setAttribute("aria-describedby", cell.dataset.found);
      if (worst === "error") field.setAttribute("aria-invalid", "true");
    }
    this.beside(document.activeElement);
  }

  fieldOf(line) {
    for (const path of (line.dataset.cells || line.dataset.cell || "").split(" ").filter(Boolean)) {
      const field = this.editor.table.field(path) || this.editor.paper.querySelector(`button.level[data-path="${CSS.escape(path)}"]`);
      if (field) return field;
    }
    return null;
  }

  /** The note beside the cell in which somebody stands. */
  beside(field) {
    const cell = field && field.closest ? field.closest("td[data-found]") : null;
    for (const line of this.lines) line.classList.toggle("here", Boolean(cell) && cell.dataset.found.split(" ").includes(line.id));
    if (!cell || this.editor.help.isOpen) {
      this.tip.hidden = true;
      return;
    }
    const list = document.createElement("ul");
    for (const id of cell.dataset.found.split(" ")) {
      const line = document.getElementById(id);
      if (!line) continue;
      const copy = line.cloneNode(true);
      copy.removeAttribute("id");
      copy.classList.remove("here");
      list.append(copy);
    }
    this.tip.replaceChildren(list);
    this.tip.hidden = false;
    this.editor.aside(this.tip, cell);
    this.cell = cell;
  }

  next() {
    const lines = this.lines.filter((line) => this.fieldOf(line) && !line.classList.contains("is-changed"));
    if (!lines.length) return;
    const fields = [...new Set(lines.map((line) => this.fieldOf(line)))];
    const sorted = fields.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    const here = document.activeElement;
    const later = sorted.find((one) => here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    this.editor.go(later || sorted[0]);
  }

  clicked(event) {
    const line = event.target.closest(".found,.returned");
    if (event.target.closest(".goto") && line) {
      const field = this.fieldOf(this.original(line));
      if (field) {
        event.preventDefault();
        this.editor.go(field);
      }
    } else if (event.target.closest(".fix")) {
      const writes = JSON.parse(event.target.closest(".fix").dataset.writes);
      // A finding is of the texts that were sent: what was typed since is not written over.
      if (writes.every((one) => this.stands(one))) this.editor.putAll(new Map(writes.map((one) => [one.path, one.text])));
      this.editor.store.save();
    } else if (event.target.closest(".accept") && line) this.editor.ask.reason(line.dataset.code, line.dataset.field);
    else if (event.target.closest(".reopen")) {
      const one = event.target.closest("li");
      this.editor.ask.answer({ code: one.dataset.code, path: one.dataset.field, back: true });
    }
  }

  /** Whether a field still holds the text a correction was proposed for. */
  stands({ path, was }) {
    const bare = (text) => text.replace(/\s/g, "");
    return was === undefined || !this.editor.table.field(path) || bare(this.editor.table.text(path)) === bare(was);
  }

  original(line) {
    if (line.classList.contains("returned")) return line;
    return [...this.list.children].find((one) => one.dataset.code === line.dataset.code && one.dataset.field === line.dataset.field) || line;
  }
}
