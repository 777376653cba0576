// The drawn table: its fields by path, and where each cell stands on the grid of columns.

import { parsed } from "./paths.js";
import { say } from "../words.js";

export const FIELD = "textarea,select,input[type=radio]";

export class Table {
  constructor(root) {
    this.root = root;
    this.read();
  }

  /** After the table was drawn anew: find the fields and measure the grid. */
  read() {
    this.table = this.root.querySelector("table.sheet");
    this.places = new Map();
    this.grid = [];
    for (const row of this.table ? this.table.rows : []) this._place(row);
    for (const button of this.root.querySelectorAll("button.level")) button.tabIndex = -1;
    for (const one of this.root.querySelectorAll("textarea")) fit(one);
  }

  _place(row) {
    const at = row.rowIndex;
    this.grid[at] = this.grid[at] || [];
    let column = 0;
    for (const cell of row.cells) {
      while (this.grid[at][column]) column += 1;
      for (let r = at; r < at + cell.rowSpan; r += 1) {
        this.grid[r] = this.grid[r] || [];
        for (let c = column; c < column + cell.colSpan; c += 1) this.grid[r][c] = cell;
      }
      this.places.set(cell, { row: at, column, rows: cell.rowSpan, columns: cell.colSpan });
      column += cell.colSpan;
    }
  }

  fields() {
    return [...this.root.querySelectorAll(FIELD)];
  }

  field(path) {
    const found = this.root.querySelectorAll(`[name="${CSS.escape(path)}"]`);
    return found[0] || null;
  }

  text(path) {
    const field = this.field(path);
    if (!field) return undefined;
    if (field.type !== "radio") return field.value;
    const ticked = this.root.querySelector(`[name="${CSS.escape(path)}"]:checked`);
    return ticked ? ticked.value : "";
  }

  put(path, text) {
    const field = this.field(path);
    if (!field) return;
    if (field.type === "radio") {
      for (const one of this.root.querySelectorAll(`[name="${CSS.escape(path)}"]`)) one.checked = one.value === text;
      return;
    }
    if (field.tagName === "SELECT" && ![...field.options].some((one) => one.value === text)) field.add(new Option(text, text));
    field.value = text;
    fit(field);
  }

  /** What the server sent: the text of every field as the page was drawn, and every row's level names. */
  drawn() {
    const texts = new Map();
    for (const button of this.root.querySelectorAll("button.level")) {
      const { block, at, field } = parsed(button.dataset.path);
      for (let row = at; row < at + Number(button.dataset.count); row += 1) texts.set(`${block}[${row}].${field}`, button.dataset.text);
    }
    for (const field of this.fields()) {
      if (field.type === "radio") texts.set(field.name, texts.get(field.name) || (field.defaultChecked ? field.value : ""));
      else if (field.tagName === "SELECT") texts.set(field.name, ([...field.options].find((one) => one.defaultSelected) || { value: "" }).value);
      else texts.set(field.name, field.defaultValue);
    }
    return texts;
  }

  label(path) {
    const field = this.field(path);
    if (field) return field.getAttribute("aria-label");
    const place = parsed(path);
    return place ? say("第 {number} 行", { number: place.at + 1 }) : path;
  }

  /** The first and the last cell that can be filled in, of the whole table or of one line. */
  ends(line = null) {
    const open = [...this.places.keys()].filter((one) => one.querySelector(FIELD) && (line === null || this.places.get(one).row === line));
    return [open[0] || null, open[open.length - 1] || null];
  }

  /** The nearest cell in a direction that can be entered. */
  beside(cell, down, right) {
    const at = this.places.get(cell);
    if (!at) return null;
    let row = down > 0 ? at.row + at.rows : at.row + down;
    let column = right > 0 ? at.column + at.columns : at.column + right;
    while (this.grid[row] && this.grid[row][column]) {
      const next = this.grid[row][column];
      if (next !== cell && entrance(next)) return next;
      row += down;
      column += right;
    }
    return null;
  }

  /** The cell after or before this one in reading order. */
  following(cell, step) {
    const open = [...this.places.keys()].filter((one) => one.querySelector(FIELD));
    return open[open.indexOf(cell) + step] || null;
  }
}

export function entrance(cell) {
  return cell.querySelector(`${FIELD},button.level`);
}

/** Go into a cell: it is selected whole, what is typed next replaces its text. */
export function enter(cell) {
  const target = cell && entrance(cell);
  if (!target) return false;
  target.focus();
  target.scrollIntoView({ block: "nearest", inline: "nearest" });
  return true;
}

const GROWS = window.CSS && CSS.supports && CSS.supports("field-sizing", "content");

/** A field as high as its text, where the browser does not do that by itself. */
export function fit(field) {
  if (field.tagName !== "TEXTAREA") return;
  if (GROWS) {
    field.rows = 1;
    return;
  }
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
