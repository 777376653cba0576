// A block from Excel or WPS: HTML with spans first, else tabs and lines with quotes.

/** Rows of slots `{text, columns, above}`; `above` is a place covered by a merge from above. */
export function block(data) {
  const html = data.getData("text/html");
  if (html && /<table/i.test(html)) {
    const found = fromHtml(html);
    if (found) return found;
  }
  const text = data.getData("text/plain");
  return /[\t\n]/.test(text.replace(/\r?\n$/, "")) ? fromText(text) : null;
}

/** The text of a single cell or a plain line, without the line end a workbook puts behind it. */
export function single(data, rows) {
  if (rows) return rows.length === 1 && rows[0].length === 1 ? rows[0][0].text : null;
  return data.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
}

function fromHtml(html) {
  // A workbook's styles are no business of this page, and its content policy allows none.
  const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "");
  const table = new DOMParser().parseFromString(bare, "text/html").querySelector("table");
  if (!table) return null;
  const covered = [];
  const rows = [];
  [...table.rows].forEach((row, at) => {
    const slots = [];
    let column = 0;
    const above = () => {
      while (covered[at] && covered[at][column]) {
        slots.push({ text: "", columns: covered[at][column], above: true });
        column += covered[at][column];
      }
    };
    for (const cell of row.cells) {
      above();
      slots.push({ text: textOf(cell), columns: cell.colSpan, above: false });
      for (let r = at + 1; r < at + cell.rowSpan; r += 1) {
        covered[r] = covered[r] || [];
        covered[r][column] = cell.colSpan;
      }
      column += cell.colSpan;
    }
    above();
    rows.push(slots);
  });
  return rows.length > 1 || (rows[0] && rows[0].length > 1) ? rows : null;
}

function textOf(cell) {
  const copy = cell.cloneNode(true);
  for (const one of copy.querySelectorAll("br")) one.replaceWith("\u0001");
  for (const one of copy.querySelectorAll("p,div")) one.append("\u0001");
  const text = copy.textContent.replace(/[ \t\r\n\u00a0]+/g, " ").replace(/ ?\u0001 ?/g, "\n");
  return text.replace(/\n$/, "").trim();
}

/** Tabs and lines; a cell in quotes may hold both, and doubled quotes. */
export function fromText(text) {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  const put = () => {
    row.push({ text: cell.trim(), columns: 1, above: false });
    cell = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === "" && closes(text, at)) quoted = true;
    else if (sign === "\t") put();
    else if (sign === "\n") {
      put();
      rows.push(row);
      row = [];
    } else if (sign !== "\r") cell += sign;
  }
  if (cell || row.length) {
    put();
    rows.push(row);
  }
  return rows;
}

/** A quote opens a cell only where one closes it before a tab, a line end or the end. */
function closes(text, at) {
  return /^"(?:[^"]|"")*"(?=[\t\r\n]|$)/.test(text.slice(at));
}

const plain = (text) => text.normalize("NFKC").replace(/\s+/g, "");

/** The name of a category without the notes printed beside it: 数量指标（必填） is 数量. */
const category = (text) => plain(text).replace(/\(.*?\)|^[\d.、]+|指标/g, "");

/**
 * Where each pasted text goes, beginning at a cell.
 * → {writes: Map, over: rows without a place, lost: texts that met a printed cell, strayed: rows
 * that stood under another category where they come from}
 */
export function mapped(table, start, rows, inBlock) {
  const writes = new Map();
  const over = [];
  let lost = 0;
  const from = table.places.get(start);
  const template = [];
  const strayed = [];
  const named = []; // the category last read in each column: a merged one stands there only once
  rows.forEach((slots, step) => {
    const line = from.row + step;
    const tr = table.table.rows[line];
    if (!tr || (inBlock && !inBlock(tr))) {
      over.push(slots);
      return;
    }
    const cells = across(table, line, from.column);
    if (step === 0 || inBlock) template.splice(0, template.length, ...cells);
    const other = stray(slots, cells, named);
    if (other) strayed.push(other);
    slots.forEach((slot, number) => {
      const cell = cells[number];
      if (slot.above || !slot.text) {
        if (!slot.above && cell && isOpen(cell)) writes.set(cell.querySelector("textarea,select").name, "");
        return;
      }
      if (cell && isOpen(cell) && table.places.get(cell).row === line) writes.set(cell.querySelector("textarea,select").name, slot.text);
      else if (!cell || plain(cell.textContent) !== plain(slot.text)) lost += 1;
    });
  });
  return { writes, over, lost, template, strayed };
}

/** Whether a line meets a row of another category; → {name, was, now} or null. */
function stray(slots, cells, named) {
  let found = null;
  slots.forEach((slot, number) => {
    const level = cells[number] && cells[number].querySelector("button.level");
    if (!level) return;
    if (slot.text) named[number] = slot.text;
    const [was, now] = [named[number] || "", level.dataset.text || ""];
    const [one, two] = [category(was), category(now)];
    found = !one || !two || one.includes(two) || two.includes(one) ? null : { was, now };
  });
  if (!found) return null;
  const name = slots.find((slot, number) => slot.text && cells[number] && isOpen(cells[number]));
  return name ? { ...found, name: name.text.slice(0, 20) } : null;
}

function isOpen(cell) {
  return Boolean(cell.querySelector("textarea,select"));
}

/** The cells of a grid line from a column on, each once; a merge from above keeps its place. */
function across(table, line, column) {
  const cells = [];
  for (const cell of (table.grid[line] || []).slice(column)) if (cell && cells[cells.length - 1] !== cell) cells.push(cell);
  return cells;
}
