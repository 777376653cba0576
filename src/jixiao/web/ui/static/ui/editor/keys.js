// Keys as in a spreadsheet. While an input method composes, every key is its own.

import { enter } from "./table.js";

export function onKey(event, editor) {
  if (event.isComposing || event.keyCode === 229) return;
  const field = event.target;
  if (!field.closest("table.sheet")) return;
  const act = command(event, editor) || selection(event, field, editor) || movement(event, field, editor);
  if (!act) return;
  event.preventDefault();
  act();
}

function command(event, editor) {
  const { key, ctrlKey, altKey, shiftKey, metaKey } = event;
  const control = ctrlKey || metaKey;
  if (control && !altKey && !shiftKey && key.toLowerCase() === "z") return () => editor.undo();
  if (control && !altKey && (key.toLowerCase() === "y" || (shiftKey && key.toLowerCase() === "z"))) return () => editor.redo();
  if (control && key === "Enter") return () => editor.rows.add();
  if (control && key.toLowerCase() === "s") return () => editor.store.save();
  if (altKey && !control && key === "Delete") return () => editor.rows.take();
  if (altKey && shiftKey && key === "ArrowUp") return () => editor.rows.move(-1);
  if (altKey && shiftKey && key === "ArrowDown") return () => editor.rows.move(1);
  if (altKey && !shiftKey && key === "ArrowDown" && event.target.tagName !== "SELECT") return () => editor.help.open(event.target);
  if (key === "F8") return () => editor.found.next();
  return null;
}

/** What is done to the selected cell or block as a whole. */
function selection(event, field, editor) {
  const { key, ctrlKey, altKey, shiftKey, metaKey } = event;
  const { pick, table } = editor;
  const cell = field.closest("td");
  const control = ctrlKey || metaKey;
  if (control && !altKey && key.toLowerCase() === "d") return () => pick.fill(cell);
  if (key === "F2") return () => pick.edit(field);
  if (!pick.isReady(field)) return null;
  if (control && key === "Home") return () => enter(table.ends()[0]);
  if (control && key === "End") return () => enter(table.ends()[1]);
  if (control || altKey) return null;
  if (key === "Home") return () => enter(table.ends(table.places.get(cell).row)[0]);
  if (key === "End") return () => enter(table.ends(table.places.get(cell).row)[1]);
  if ((key === "Delete" || key === "Backspace") && (pick.isBlock || field.tagName !== "TEXTAREA")) return () => pick.clear(cell);
  const arrow = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
  if (arrow && shiftKey) return () => pick.stretch(cell, ...arrow);
  return null;
}

function movement(event, field, editor) {
  const { key, ctrlKey, altKey, shiftKey, metaKey } = event;
  if (ctrlKey || metaKey) return null;
  const cell = field.closest("td");
  const go = (down, right) => () => {
    left(editor);
    enter(editor.table.beside(cell, down, right));
  };
  if (key === "Tab") {
    editor.tabFrom = editor.tabFrom || cell; // Enter goes back under the cell where the row began
    editor.pick.single();
    return null;
  }
  if (key === "Enter" && altKey) return field.tagName === "TEXTAREA" ? () => newLine(field, editor) : null;
  if (key === "Enter" && field.matches("button.level")) return () => editor.help.open(field);
  if (key === "Enter") return shiftKey ? () => forth(editor, left(editor) || cell, -1) : () => forth(editor, left(editor) || cell, 1);
  if (key === "Escape") return () => editor.revert(field);
  if (altKey || shiftKey || !key.startsWith("Arrow")) return null;
  if (field.tagName === "SELECT" && (key === "ArrowUp" || key === "ArrowDown")) return null;
  const edge = editor.pick.isReady(field) ? ALL : edges(field);
  if (key === "ArrowUp" && edge.top) return go(-1, 0);
  if (key === "ArrowDown" && edge.bottom) return go(1, 0);
  if (key === "ArrowLeft" && edge.start) return go(0, -1);
  if (key === "ArrowRight" && edge.end) return go(0, 1);
  return null;
}

/** The cell at which a row of Tabs began, which is over with this key. */
function left(editor) {
  const from = editor.tabFrom;
  editor.tabFrom = null;
  editor.pick.single();
  return from && from.isConnected ? from : null;
}

/** Down or up the column; at its end on to the next cell of the table. */
function forth(editor, cell, step) {
  return enter(editor.table.beside(cell, step, 0)) || enter(editor.table.following(cell, step));
}

const ALL = { top: true, bottom: true, start: true, end: true };

/** At which ends of its text the caret stands; one line is at the top and at the bottom. */
function edges(field) {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const start = from === 0 && to === 0;
  const end = from === value.length && to === value.length;
  const style = getComputedStyle(field);
  const line = parseFloat(style.lineHeight) || 20;
  const single = field.scrollHeight < line * 2 + parseFloat(style.paddingTop) + parseFloat(style.paddingBottom) - 2;
  return { top: start || single, bottom: end || single, start, end };
}

/** Alt+Enter: a line break in the cell; a selected cell is opened behind its text first. */
function newLine(field, editor) {
  if (editor.pick.isReady(field)) editor.pick.edit(field);
  field.setRangeText("\n", field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
