// Two versions of one draft: somebody else has saved meanwhile, or this person comes back to what
// a closed window, a dead server or an expired session has left on this computer.

import { differences, replayed } from "./merge.js";
import { Table } from "./table.js";
import { say } from "../words.js";

export class Comeback {
  constructor(editor) {
    this.editor = editor;
  }

  /** Bring back what windows that are gone have not got through, one after the other. */
  async begin(lock) {
    const { store, editor } = { store: this.editor.store, editor: this.editor };
    for (const kept of await store.keeper.left()) {
      if (!store.isClean) await store.save();
      if (!store.isClean) return; // no way through now: the rest stays for the next visit
      this.asked = false;
      const count = (kept.sending ? kept.sending.operations.length : 0) + kept.queue.length;
      const rows = [...(kept.sending ? kept.sending.operations : []), ...kept.queue].some((one) => one.type !== "write");
      const same = kept.lock === store.lock && kept.lock === lock;
      const before = same && !rows ? this.shown(kept) : null;
      editor.notice(say("找回了上次没有保存的 {count} 处修改，正在保存。", { count }), "", before && [say("不要这些修改"), () => editor.undo()]);
      this.returning = true;
      const answer = store.resume(kept);
      store.keeper.forget(kept.key); // it is kept under this window's name from now on
      await answer;
      this.returning = false;
    }
  }

  /** Texts that only have to be put into the fields; they can be undone as one step. */
  shown(kept) {
    const { editor } = this;
    const texts = new Map([...(kept.sending ? kept.sending.operations : []), ...kept.queue].map((one) => [one.path, one.text]));
    const before = new Map([...texts.keys()].map((path) => [path, editor.store.confirmed.get(path) || ""]));
    editor.show(texts);
    editor.history.wrote(before, texts);
    return before;
  }

  /**
   * Somebody else has saved: what only one of us changed is merged, the rest is asked.
   * → the operations that shall stand, made on their version.
   */
  async conflict(answer, operations, mine) {
    const { editor } = this;
    const fresh = new Table(made(answer.table));
    const theirs = { texts: fresh.drawn(), counts: answer.rows };
    const lines = differences(operations, mine, theirs).map((line) => ({ ...line, label: label(fresh, line), doubtful: line.gone }));
    const who = answer.is_me ? say("您在另一个窗口") : answer.by;
    let kept = new Set();
    if (lines.length) {
      const [title, words] = this.returning
        ? [say("找回没有保存的修改"), say("上次有些修改没有来得及保存，而这张表后来又有了变化。下面这些栏目两边不一样，请逐格选定；其余的已经合并。")]
        : [say("有人同时修改了这张表"), say("{who}在 {at} 保存过这张表。下面这些栏目两边不一样，请逐格选定；其余的已经合并。", { who, at: answer.at })];
      kept = await editor.ask.merge(title, words, lines);
    }
    const chosen = replayed(operations, mine, theirs, (line) => kept.has(line.key));
    if (operations.some((one) => one.type !== "write") || JSON.stringify(mine.counts) !== JSON.stringify(answer.rows)) editor.history.forget();
    editor.found.show(answer);
    if (!this.returning && !answer.already) {
      const said = chosen.length ? say("您的 {count} 处修改已合并。", { count: chosen.length }) : "";
      const shown = chosen.length ? say("{who}在 {at} 保存过这张表，现在显示的是合并后的内容。", { who, at: answer.at }) : say("{who}在 {at} 保存过这张表，现在显示的是最新内容。", { who, at: answer.at });
    editor.notice(`${shown}${said}`);
    }
    return chosen;
  }
}

function label(table, line) {
  return line.row ? say("{row}（整行）", { row: table.label(line.path).replace(/^.*，/, "") }) : table.label(line.path);
}

function made(html) {
  const root = document.createElement("div");
  root.innerHTML = html;
  return root;
}
