// The selected cell and the selected block, as in a spreadsheet: a cell that is entered is selected
// whole, and what is typed replaces it; F2, a second click or a double click edit it. A block goes
// to and comes from Excel and WPS by the clipboard.

import { FIELD } from "./table.js";
import { say } from "../words.js";

export class Pick {
  constructor(editor) {
    this.editor = editor;
    this.editing = false;
    this.anchor = null;
    this.extent = null;
    const paper = editor.paper;
    paper.addEventListener("pointerdown", (event) => this.pressed(event));
    document.addEventListener("pointermove", (event) => this.dragged(event));
    paper.addEventListener("dragstart", (event) => event.preventDefault()); // marked text is not carried off: cells are marked
    document.addEventListener("pointerup", (event) => this.released(event));
    for (const kind of ["copy", "cut"]) document.addEventListener(kind, (event) => this.taken(event));
  }

  get table() {
    return this.editor.table;
  }

  // -- one cell -------------------------------------------------------------------------------

  /** A field got the focus: by keyboard it is selected whole; by pointer the release decides. */
  entered(field) {
    if (this.extent && !this.cells().includes(field.closest("td"))) this.single();
    if (this.down) return;
    this.editing = false;
    if (field.tagName === "TEXTAREA") field.select();
  }

  /** Into the text of a cell, behind its end. */
  edit(field) {
    this.single();
    this.editing = true;
    if (field.tagName === "TEXTAREA") field.setSelectionRange(field.value.length, field.value.length);
  }

  /** Out of the text: the cell is selected. */
  done(field) {
    this.editing = false;
    if (field.tagName === "TEXTAREA") field.select();
  }

  /** Something was typed. */
  edited() {
    this.single();
    this.editing = true;
  }

  isReady(field) {
    return !this.editing || field.tagName !== "TEXTAREA";
  }

  // -- the pointer ----------------------------------------------------------------------------

  pressed(event) {
    const cell = event.target.closest("table.sheet td,table.sheet th");
    if (!cell || event.button !== 0) return;
    const here = document.activeElement && document.activeElement.closest("td");
    if (event.shiftKey && here && this.table.places.has(here)) {
      event.preventDefault();
      this.extend(here, cell);
      return;
    }
    this.single();
    this.editor.tabFrom = null;
    if (event.pointerType !== "mouse") {
      this.editing = true;
      return;
    }
    this.down = { cell, known: event.target === document.activeElement };
    if (this.down.known) this.editing = true; // a second click sets the caret
  }

  dragged(event) {
    if (!this.down) return;
    const under = document.elementFromPoint(event.clientX, event.clientY); // the field one began in keeps the events
    const cell = under && under.closest("table.sheet td,table.sheet th");
    if (!cell || cell === this.extent || (cell === this.down.cell && !this.extent)) return;
    if (this.down.known && this.editing && cell === this.down.cell) return;
    this.editing = false;
    this.extend(this.down.cell, cell);
  }

  released() {
    const { down } = this;
    this.down = null;
    if (!down || down.known) return;
    const field = down.cell.querySelector("textarea");
    if (!field || field !== document.activeElement) return;
    this.editing = !this.extent && field.selectionStart !== field.selectionEnd; // some of the text was marked
    if (!this.editing) field.select();
  }

  // -- a block --------------------------------------------------------------------------------

  single() {
    for (const cell of this.editor.paper.querySelectorAll(".picked")) cell.classList.remove("picked");
    this.anchor = null;
    this.extent = null;
  }

  extend(anchor, extent) {
    this.single();
    [this.anchor, this.extent] = [anchor, extent];
    for (const cell of this.cells()) cell.classList.add("picked");
    const field = anchor.querySelector(FIELD);
    if (field && field === document.activeElement && field.tagName === "TEXTAREA") field.select();
  }

  /** Shift and an arrow. */
  stretch(cell, down, right) {
    const from = this.anchor || cell;
    const { row, column, rows, columns } = this.table.places.get(this.extent || cell);
    const line = this.table.grid[down > 0 ? row + rows : row + down];
    const next = line && line[right > 0 ? column + columns : column + right];
    if (next) this.extend(from, next);
  }

  /** The rectangle of the block on the grid, as wide as the cells in it. */
  area(cell) {
    const places = [this.anchor || cell, this.extent || cell].map((one) => this.table.places.get(one)).filter(Boolean);
    let [top, left] = [Math.min(...places.map((one) => one.row)), Math.min(...places.map((one) => one.column))];
    let [bottom, right] = [Math.max(...places.map((one) => one.row + one.rows)), Math.max(...places.map((one) => one.column + one.columns))];
    for (let grown = true; grown; ) {
      grown = false;
      for (const one of this.within({ top, left, bottom, right })) {
        const { row, column, rows, columns } = this.table.places.get(one);
        if (row >= top && column >= left && row + rows <= bottom && column + columns <= right) continue;
        [top, left, bottom, right] = [Math.min(top, row), Math.min(left, column), Math.max(bottom, row + rows), Math.max(right, column + columns)];
        grown = true;
      }
    }
    return { top, left, bottom, right };
  }

  within({ top, left, bottom, right }) {
    const found = new Set();
    for (let row = top; row < bottom; row += 1) for (let column = left; column < right; column += 1) if (this.table.grid[row] && this.table.grid[row][column]) found.add(this.table.grid[row][column]);
    return [...found];
  }

  /** The cells of the block, line by line; of one cell where there is none. */
  cells(cell = this.anchor) {
    return cell ? this.within(this.area(cell)) : [];
  }

  get isBlock() {
    return Boolean(this.extent) && this.extent !== this.anchor;
  }

  /** The names of the fields in the block, or in this cell. */
  paths(cell) {
    return this.cells(cell).map((one) => one.querySelector(FIELD)).filter(Boolean).map((field) => field.name);
  }

  clear(cell) {
    const texts = new Map(this.paths(cell).filter((path) => this.table.text(path) !== "").map((path) => [path, ""]));
    if (texts.size) this.editor.putAll(texts);
  }

  /** Ctrl+D: the first line of the block into the others; of one cell the text above it. */
  fill(cell) {
    const texts = new Map();
    const from = this.isBlock ? null : this.table.beside(cell, -1, 0);
    const { top, left, bottom, right } = this.area(cell);
    for (let column = left; column < right; column += 1) {
      const first = from || this.table.grid[top][column];
      const source = first.querySelector("textarea,select");
      if (!source) continue;
      for (let row = from ? top : top + 1; row < bottom; row += 1) {
        const field = this.table.grid[row][column].querySelector("textarea,select");
        if (field && field !== source) texts.set(field.name, source.value);
      }
    }
    if (texts.size) this.editor.putAll(texts);
    else this.editor.notice(say("上面没有可以向下填充的内容。"));
  }

  /** Copy and cut: text with tabs and an HTML table, both as Excel and WPS read them. */
  taken(event) {
    const within = event.target.closest ? event.target.closest("table.sheet,body") : null;
    const field = within && within.matches("table") ? event.target.closest(`${FIELD},button.level`) : null;
    if (!within || (!field && event.target !== document.body)) return;
    const cell = this.isBlock ? this.anchor : field && field.closest("td");
    if (!cell || (!this.isBlock && (this.editing || !field || field.type === "radio"))) return;
    event.preventDefault();
    const lines = this.lines(cell);
    event.clipboardData.setData("text/plain", lines.map((line) => line.map((one) => (one ? quoted(one.text) : "")).join("\t")).join("\r\n"));
    event.clipboardData.setData("text/html", html(lines));
    if (event.type === "cut") this.clear(cell);
  }

  /** The block as lines of `{text, rows, columns}`; null under a merged cell. */
  lines(cell) {
    const area = this.area(cell);
    const places = this.within(area).map((one) => [one, this.table.places.get(one)]);
    const starts = [...new Set(places.map(([, one]) => one.column))].sort((a, b) => a - b);
    const lines = [];
    for (let row = area.top; row < area.bottom; row += 1) {
      const line = new Array(starts.length).fill(null);
      for (const [one, place] of places) {
        if (place.row !== row) continue;
        const columns = starts.filter((start) => start >= place.column && start < place.column + place.columns).length;
        line[starts.indexOf(place.column)] = { text: this.shown(one), rows: place.rows, columns };
      }
      lines.push(line);
    }
    return lines;
  }

  shown(cell) {
    const field = cell.querySelector(FIELD);
    const level = cell.querySelector("button.level");
    if (field) return this.table.text(field.name) || "";
    return level ? level.dataset.text : cell.innerText;
  }
}

function quoted(text) {
  return /["\t\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

function html(lines) {
  const table = document.createElement("table");
  for (const line of lines) {
    const row = table.insertRow();
    for (const one of line) {
      if (!one) continue;
      const cell = row.insertCell();
      if (one.rows > 1) cell.rowSpan = one.rows;
      if (one.columns > 1) cell.colSpan = one.columns;
      one.text.split("\n").forEach((part, at) => cell.append(...(at ? [document.createElement("br"), part] : [part])));
    }
  }
  // Text stays text in a workbook, and a line break stays in its cell. Put in here as words: our own
  // pages allow no styles, and this is none of our pages.
  const words = table.outerHTML.replace(/<td/g, "<td style='mso-number-format:\"\\@\"'").replace(/<br>/g, '<br style="mso-data-placement:same-cell">');
  return `<meta charset="utf-8">${words}`;
}
