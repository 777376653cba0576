// Keys as in a spreadsheet. While an input method composes, every key is its own.

import { enter } from "./table.js";

export function onKey(event, editor) {
  if (event.isComposing || event.keyCode === 229) return;
  const field = event.target;
  if (!field.closest("table.sheet")) return;
  const act = command(event, editor) || movement(event, field, editor);
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
  if (altKey && !shiftKey && key === "ArrowDown") return () => editor.help.open(event.target);
  if (key === "F8") return () => editor.found.next();
  return null;
}

function movement(event, field, editor) {
  const { key, ctrlKey, altKey, shiftKey, metaKey } = event;
  if (ctrlKey || metaKey) return null;
  const cell = field.closest("td");
  const go = (down, right) => () => enter(editor.table.beside(cell, down, right));
  if (key === "Enter" && altKey) return field.tagName === "TEXTAREA" ? () => newLine(field) : null;
  if (key === "Enter" && field.matches("button.level")) return () => editor.help.open(field);
  if (key === "Enter") return shiftKey ? back(editor, cell) : forth(editor, cell);
  if (key === "Escape") return () => editor.revert(field);
  if (altKey || shiftKey || !key.startsWith("Arrow")) return null;
  if (field.tagName === "SELECT" && (key === "ArrowUp" || key === "ArrowDown")) return null;
  const edge = edges(field);
  if (key === "ArrowUp" && edge.top) return go(-1, 0);
  if (key === "ArrowDown" && edge.bottom) return go(1, 0);
  if (key === "ArrowLeft" && edge.start) return go(0, -1);
  if (key === "ArrowRight" && edge.end) return go(0, 1);
  return null;
}

/** Down the column; at its foot on to the next cell of the table. */
function forth(editor, cell) {
  return () => enter(editor.table.beside(cell, 1, 0)) || enter(editor.table.following(cell, 1));
}

function back(editor, cell) {
  return () => enter(editor.table.beside(cell, -1, 0)) || enter(editor.table.following(cell, -1));
}

/** At which ends of its text the caret stands; one line is at the top and at the bottom. */
function edges(field) {
  if (field.tagName !== "TEXTAREA") return { top: true, bottom: true, start: true, end: true };
  const { selectionStart: from, selectionEnd: to, value } = field;
  const start = from === 0 && to === 0;
  const end = from === value.length && to === value.length;
  const style = getComputedStyle(field);
  const line = parseFloat(style.lineHeight) || 20;
  const single = field.scrollHeight < line * 2 + parseFloat(style.paddingTop) + parseFloat(style.paddingBottom) - 2;
  return { top: start || single, bottom: end || single, start, end };
}

function newLine(field) {
  field.setRangeText("\n", field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
