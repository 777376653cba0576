// Pasting: one text goes where the caret is, a block from a cell on, its other lines into new rows.

import { block, mapped, single } from "./paste.js";
import { parsed } from "./paths.js";
import { say } from "../words.js";

const FIELDS = "textarea,select";

export function pasted(event, editor) {
  const target = event.target.closest ? event.target.closest("textarea,select,button.level,input") : null;
  if (!target || !target.closest("table.sheet")) return;
  const cell = target.closest("td");
  const rows = block(event.clipboardData);
  const here = editor.rows.here(target)[0];
  const text = single(event.clipboardData, rows);
  // A paragraph from elsewhere belongs into its cell; in a list of indicators its lines are rows.
  const inText = editor.pick.editing || (!here && !/\t/.test(event.clipboardData.getData("text/plain")) && !/<table/i.test(event.clipboardData.getData("text/html")));
  event.preventDefault();
  if (text !== null || inText) one(target, cell, text === null ? event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n") : text, editor);
  else several(cell, rows, here, editor);
}

function one(target, cell, text, editor) {
  if (editor.pick.isBlock) {
    const paths = editor.pick.paths(cell).filter((path) => editor.table.field(path).type !== "radio");
    editor.putAll(new Map(paths.map((path) => [path, text])));
  } else if (target.tagName === "TEXTAREA") {
    target.setRangeText(text, target.selectionStart, target.selectionEnd, "end");
    target.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (target.tagName === "SELECT" && [...target.options].some((option) => option.value === text)) editor.putAll(new Map([[target.name, text]]));
  else if (target.matches("button.level")) editor.notice(say("一级、二级指标要从列表里选：按回车打开列表。没有粘贴。"));
  else editor.notice(say("这一格只能选，不能粘贴文字。"));
}

async function several(cell, rows, here, editor) {
  const start = editor.pick.isBlock ? editor.pick.cells(cell)[0] : cell;
  const inBlock = here ? (row) => (row.dataset.rows || "").split(" ").some((name) => name.startsWith(`${here.block}[`)) : null;
  const { writes, over, lost, template, strayed } = mapped(editor.table, start, rows, inBlock);
  const before = editor.putAll(writes, false);
  const parts = [say("已粘贴 {count} 格", { count: writes.size })];
  if (lost) parts.push(say("{count} 格对着合并的或者印好的格子，没有写入", { count: lost }));
  if (strayed.length) parts.push(say("{count} 行原来不在这一类（“{name}”原在“{was}”，现在填到了“{now}”），请核对", { count: strayed.length, ...strayed[0] }));
  if (over.length && !here) parts.push(say("{count} 行放不下，没有写入", { count: over.length }));
  const added = here ? inserted(here.block, over, template, editor) : [];
  if (added.length) parts.push(say("表里放不下，加了 {count} 行", { count: added.length }));
  if (lost || over.length || writes.size > 1) editor.notice(say("{parts}。按 Ctrl+Z 可以撤销。", { parts: parts.join(say("；")) }), lost || strayed.length ? "bad" : "");
  if (added.length) await editor.rows.act(added, before, writes);
  else {
    editor.history.wrote(before, writes);
    await editor.store.save();
  }
}

/** Rows for what did not fit, under the headings of the last row. */
function inserted(name, over, template, editor) {
  const count = editor.rows.count(name);
  const last = [...editor.store.shape().list(name)].length;
  const fields = template.map((cell) => {
    const inner = cell.isConnected ? cell.querySelector(`${FIELDS},button.level`) : null;
    const place = inner && parsed(inner.name || inner.dataset.path);
    return place && place.block === name ? place.field : null;
  });
  return over.map((slots, number) => {
    const texts = {};
    slots.forEach((slot, at) => {
      if (fields[at] && slot.text) texts[fields[at]] = slot.text;
    });
    return { type: "insert", block: name, at: Math.max(count, last) + number, texts };
  });
}
