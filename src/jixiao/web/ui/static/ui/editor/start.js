// The editor of a draft: the official table itself, filled in.

import { Ask } from "./ask.js";
import { Found } from "./found.js";
import { Help } from "./help.js";
import { History } from "./history.js";
import { onKey } from "./keys.js";
import { block, mapped } from "./paste.js";
import { parsed } from "./paths.js";
import { Rows } from "./rows.js";
import { Store } from "./store.js";
import { FIELD, Table, fit } from "./table.js";

const WORDS = {
  saved: (at) => (at ? `已保存 ${at}` : "已保存"),
  changed: () => "有修改，稍后自动保存",
  saving: () => "正在保存…",
  merging: () => "等待合并",
  offline: () => "未保存（连不上服务器，已存在本机，会自动重试）",
  "signed-out": () => "未保存（登录已过期，已存在本机）",
  closed: (why) => why || "这张表已不能修改",
  refused: (why) => why || "没有保存上，请刷新页面",
};

class Editor {
  constructor(form) {
    this.form = form;
    this.address = new URL(form.action).pathname.replace(/\/form$/, ""); // also where a step was refused
    this.paper = document.getElementById("paper");
    this.stateLine = document.getElementById("save-state");
    this.notices = document.getElementById("notices");
    const draft = JSON.parse(document.getElementById("draft").textContent);
    this.categories = draft.categories;
    this.table = new Table(this.paper);
    this.current = null;
    this.seen = new Map();
    this.history = new History(() => this.buttons());
    this.store = new Store({
      url: form.dataset.edit,
      key: `jixiao:draft:${draft.user}:${draft.filing}`,
      lock: draft.lock_version,
      rows: draft.rows,
      confirmed: this.table.drawn(),
      on: {
        state: (state, more) => this.state(state, more),
        found: (answer) => this.found.show(answer),
        saved: (answer) => this.saved(answer),
        table: (html, rows) => this.redraw(html, rows),
        put: (texts) => this.show(texts),
        conflict: (answer, mine, rows) => this.conflict(answer, mine, rows),
        notice: (text) => this.notice(text),
      },
    });
    this.help = new Help(this);
    this.found = new Found(this);
    this.rows = new Rows(this);
    this.ask = new Ask(this);
    this.listen();
    this.remember();
    document.getElementById("toolbar").hidden = false;
    this.recover();
  }

  listen() {
    const paper = this.paper;
    paper.addEventListener("keydown", (event) => onKey(event, this));
    paper.addEventListener("input", (event) => this.typed(event.target));
    paper.addEventListener("change", (event) => this.typed(event.target));
    paper.addEventListener("focusin", (event) => this.entered(event.target));
    paper.addEventListener("focusout", (event) => this.left(event.target));
    paper.addEventListener("paste", (event) => this.pasted(event));
    paper.addEventListener("beforeinput", (event) => this.native(event));
    paper.addEventListener("click", (event) => {
      const level = event.target.closest("button.level");
      if (level) this.help.open(level);
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    document.getElementById("toolbar").addEventListener("mousedown", (event) => {
      if (event.target.closest("button")) event.preventDefault(); // the cell keeps the focus
    });
    document.getElementById("toolbar").addEventListener("click", (event) => this.tool(event.target.closest("[data-do]")));
    window.addEventListener("pagehide", () => this.store.leave());
    window.addEventListener("online", () => this.store.again());
    window.addEventListener("focus", () => this.store.again());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.store.leave() : this.store.again()));
    document.addEventListener("keydown", (event) => {
      if (event.key === "F8" && !event.defaultPrevented && !event.isComposing) {
        event.preventDefault();
        this.found.next();
      }
    });
    const acts = document.getElementById("acts");
    if (acts) acts.addEventListener("submit", (event) => this.acting(event, acts));
  }

  tool(button) {
    if (!button) return;
    const doing = {
      undo: () => this.undo(),
      redo: () => this.redo(),
      insert: () => this.rows.add(),
      remove: () => this.rows.take(),
      up: () => this.rows.move(-1),
      down: () => this.rows.move(1),
      help: () => this.help.open(this.current || this.paper.querySelector(FIELD)),
      next: () => this.found.next(),
    };
    doing[button.dataset.do]();
  }

  // -- typing ---------------------------------------------------------------------------------

  remember() {
    for (const field of this.table.fields()) this.seen.set(field.name, this.table.text(field.name));
  }

  typed(field) {
    if (!field.name || !field.matches(FIELD)) return;
    fit(field);
    const path = field.name;
    const text = this.table.text(path);
    const before = this.seen.get(path) || "";
    if (text === before) return;
    this.seen.set(path, text);
    this.history.typed(path, before, text);
    if (path.includes("+]")) this.begin(field);
    else this.store.write(path, text);
  }

  /** A blank place beside rows of the other half: the row is made when somebody types there. */
  async begin(field) {
    if (this.beginning) return;
    this.beginning = true;
    const { block: name, at, field: part } = parsed(field.name);
    await this.rows.act([{ type: "insert", block: name, at, texts: { [part]: field.value } }]);
    this.beginning = false;
    const made = this.table.field(`${name}[${at}].${part}`);
    if (!made) return;
    if (made.value !== field.value) this.putAll(new Map([[made.name, field.value]]));
    made.focus();
  }

  entered(field) {
    if (field.closest(".tip,.helper")) return;
    this.current = field;
    this.entryText = field.name ? this.table.text(field.name) : "";
    for (const row of this.paper.querySelectorAll("tr.current")) row.classList.remove("current");
    const row = field.closest("tr[data-rows]");
    if (row) row.classList.add("current");
    this.found.beside(field);
    this.buttons();
  }

  left(field) {
    if (field.name && this.store.unsaved.size) {
      clearTimeout(this.leaving);
      this.leaving = setTimeout(() => this.store.save(), 120);
    }
    setTimeout(() => {
      const now = document.activeElement;
      if (!now || !now.closest(".tip,td[data-found]")) this.found.beside(null);
    }, 150);
  }

  /** Esc: the text as it was when the cell was entered. */
  revert(field) {
    if (!this.found.tip.hidden) this.found.tip.hidden = true;
    if (field.name && this.table.text(field.name) !== this.entryText) this.putAll(new Map([[field.name, this.entryText]]));
  }

  /** Texts put by the program, as one step that can be undone. */
  putAll(texts, remember = true) {
    const before = new Map();
    for (const [path, text] of texts) {
      if (!this.table.field(path)) {
        const place = parsed(path); // a level name has a button, no field
        before.set(path, (place && this.levels(place.block, place.at)[place.field]) || this.store.confirmed.get(path) || "");
        this.store.write(path, text);
        continue;
      }
      before.set(path, this.table.text(path));
      this.table.put(path, text);
      this.seen.set(path, text);
      this.store.write(path, text);
    }
    if (remember) this.history.wrote(before, new Map(texts));
  }

  native(event) {
    if (event.inputType === "historyUndo" || event.inputType === "historyRedo") {
      event.preventDefault();
      if (event.inputType === "historyUndo") this.undo();
      else this.redo();
    }
  }

  async undo() {
    await this.step(this.history.back(), "before", "inverse");
  }

  async redo() {
    await this.step(this.history.forth(), "after", "operations");
  }

  async step(step, texts, operations) {
    if (!step) return;
    if (!step.operations) {
      const levels = new Map([...step[texts]].filter(([path]) => /\.level[12]$/.test(path)));
      const fields = new Map([...step[texts]].filter(([path]) => !levels.has(path)));
      this.putAll(fields, false);
      if (levels.size) await this.rows.write(levels);
      const [first] = fields.keys();
      if (first && this.table.field(first)) this.go(this.table.field(first));
      return;
    }
    const answer = await this.store.save(step[operations]);
    if (!answer || !answer.undo) return;
    if (operations === "inverse") step.operations = answer.undo;
    else step.inverse = answer.undo;
    const [one] = step[operations];
    if (one) this.rows.focus(one.block, one.type === "remove" ? Math.max(one.at - 1, 0) : one.type === "move" ? one.to : one.at, "name");
  }

  pasted(event) {
    const field = event.target.closest ? event.target.closest("textarea,select") : null;
    if (!field || !field.closest("table.sheet")) return;
    const rows = block(event.clipboardData);
    if (!rows) return;
    event.preventDefault();
    const here = this.rows.here(field)[0];
    const inBlock = here ? (row) => (row.dataset.rows || "").split(" ").some((one) => one.startsWith(`${here.block}[`)) : null;
    const { writes, over, lost, template } = mapped(this.table, field.closest("td"), rows, inBlock);
    this.putAll(writes);
    const parts = [`已粘贴 ${writes.size} 格`];
    if (lost) parts.push(`${lost} 格对着表上印好的栏目，没有写入`);
    if (over.length && here) {
      parts.push(`还有 ${over.length} 行放不下`);
      this.notice(`${parts.join("；")}。`, "", [`加 ${over.length} 行并填入`, () => this.overflow(here.block, over, template)]);
    } else {
      if (over.length) parts.push(`${over.length} 行放不下，没有写入`);
      if (lost || over.length || writes.size > 1) this.notice(`${parts.join("；")}。按 Ctrl+Z 可以撤销。`);
    }
    this.store.save();
  }

  /** Rows for what did not fit, under the headings of the last row. */
  async overflow(name, over, template) {
    const count = this.store.rows[name] || 0;
    const fields = template.map((cell) => {
      const inner = cell.isConnected ? cell.querySelector("textarea,select,button.level") : null;
      const place = inner && parsed(inner.name || inner.dataset.path);
      return place && place.block === name ? place.field : null;
    });
    const operations = over.map((slots, number) => {
      const texts = {};
      slots.forEach((slot, at) => {
        if (fields[at] && slot.text) texts[fields[at]] = slot.text;
      });
      return { type: "insert", block: name, at: count + number, texts };
    });
    await this.rows.act(operations);
  }

  // -- the server -----------------------------------------------------------------------------

  state(state, more) {
    this.stateLine.dataset.state = state;
    this.stateLine.textContent = WORDS[state](more);
    if (state === "signed-out" && !this.askedToSignIn) {
      this.askedToSignIn = true;
      const address = `${this.form.dataset.signIn}?next=${encodeURIComponent(this.address)}`;
      this.notice("登录已过期。刚才填写的内容存在这台电脑上，重新登录后会接着保存。", "bad", ["重新登录", () => (location.href = address)]);
    }
    if (state === "saved") this.askedToSignIn = false;
  }

  saved(answer) {
    for (const hidden of document.querySelectorAll("input[name=lock_version]")) hidden.value = answer.lock_version;
    if (answer.project) document.getElementById("project").textContent = answer.project;
    this.found.show(answer);
  }

  /** A table drawn anew by the server: put it in place, keep the place of the caret. */
  redraw(html) {
    const focused = document.activeElement && document.activeElement.name;
    const tip = this.found.tip;
    const box = this.help.box;
    this.paper.innerHTML = html;
    this.paper.append(tip, box);
    this.table.read();
    this.seen.clear();
    this.remember();
    const field = focused && this.table.field(focused);
    if (field) field.focus();
    return this.table.drawn();
  }

  show(texts) {
    for (const [path, text] of texts) {
      this.table.put(path, text);
      this.seen.set(path, text);
    }
  }

  /** Somebody else has saved: what only one of us changed is merged, the rest is asked. */
  async conflict(answer, mine, rows) {
    const base = this.store.confirmed;
    const fresh = new Table(made(answer.table));
    const theirs = fresh.drawn();
    const reshaped = JSON.stringify(answer.rows) !== JSON.stringify(this.store.rows);
    const lines = [];
    const chosen = new Map();
    for (const [path, text] of mine) {
      const now = theirs.get(path);
      if (now === text) continue;
      const inRow = Boolean(parsed(path));
      if (now !== undefined && now === (base.get(path) || "") && !(reshaped && inRow)) chosen.set(path, text);
      else lines.push({ path, label: fresh.label(path), theirs: now || "", mine: text, doubtful: now === undefined });
    }
    const who = answer.is_me ? "您在另一个窗口" : answer.by;
    if (lines.length) {
      const words = `${who}在 ${answer.at} 保存过这张表。下面这些栏目两边不一样，请逐格选定；其余的已经合并。`;
      for (const [path, text] of await this.ask.merge("有人同时修改了这张表", words, lines)) chosen.set(path, text);
    }
    const kept = chosen.size ? `您的 ${chosen.size} 处修改已合并。` : "";
    await this.store.rebase(answer, chosen);
    this.found.show(answer);
    this.notice(`${who}在 ${answer.at} 保存过这张表，现在显示的是合并后的内容。${kept}${rows.length ? "增减行没有进行，请再做一次。" : ""}`);
  }

  /** Texts that were typed before and never got through: bring them back. */
  async recover() {
    const kept = this.store.kept();
    if (!kept || !kept.texts) return;
    const clean = new Map();
    const lines = [];
    for (const [path, text, base] of kept.texts) {
      const now = this.store.confirmed.get(path);
      if (now === text) continue;
      if (now !== undefined && now === base) clean.set(path, text);
      else lines.push({ path, label: this.table.label(path), theirs: now || "", mine: text, doubtful: now === undefined });
    }
    if (lines.length) {
      const words = "上次有些修改没有来得及保存，而这张表后来又有了变化。请逐格选定。";
      for (const [path, text] of await this.ask.merge("找回没有保存的修改", words, lines)) clean.set(path, text);
    }
    if (!clean.size) {
      this.store.persist();
      return;
    }
    this.putAll(clean);
    this.notice(`找回了上次没有保存的 ${clean.size} 处修改，正在保存。`, "", ["不要这些修改", () => this.undo()]);
    this.store.save();
  }

  async acting(event, acts) {
    if (!this.store.unsaved.size) return;
    event.preventDefault();
    const { submitter } = event;
    await this.store.save();
    if (this.store.unsaved.size) {
      this.notice("还有修改没有保存上，先不办理。保存以后请再点一次。", "bad");
      return;
    }
    if (submitter) {
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = submitter.name;
      hidden.value = submitter.value;
      acts.append(hidden);
    }
    acts.submit();
  }

  // -- small things ---------------------------------------------------------------------------

  buttons() {
    const can = {
      undo: this.history.done.length > 0,
      redo: this.history.undone.length > 0,
      up: this.rows && this.rows.here().length > 0,
      down: this.rows && this.rows.here().length > 0,
      remove: this.rows && this.rows.here().length > 0,
    };
    for (const [name, possible] of Object.entries(can)) document.querySelector(`[data-do=${name}]`).disabled = !possible;
  }

  /** The level names in force at a row. */
  levels(name, row) {
    const found = { level1: "", level2: "" };
    for (const button of this.paper.querySelectorAll("button.level")) {
      const place = parsed(button.dataset.path);
      if (place.block === name && place.at <= row && row < place.at + Number(button.dataset.count)) found[place.field] = button.dataset.text;
    }
    return found;
  }

  go(field) {
    field.focus();
    field.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (field.tagName === "TEXTAREA") field.setSelectionRange(field.value.length, field.value.length);
  }

  /** Put a box right under a cell, within the paper. */
  under(box, cell) {
    const paper = this.paper.getBoundingClientRect();
    const at = cell.getBoundingClientRect();
    const left = Math.min(at.left - paper.left, Math.max(paper.width - box.offsetWidth, 0));
    box.style.left = `${left}px`;
    box.style.top = `${at.bottom - paper.top + 3}px`;
  }

  notice(text, className = "", action = null) {
    const line = document.createElement("p");
    line.className = className;
    line.textContent = text;
    if (action) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = action[0];
      button.addEventListener("click", () => {
        line.remove();
        action[1]();
      });
      line.append(button);
    }
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "知道了";
    close.addEventListener("click", () => line.remove());
    line.append(close);
    this.notices.replaceChildren(line);
  }
}

function made(html) {
  const root = document.createElement("div");
  root.innerHTML = html;
  return root;
}

const form = document.getElementById("editor");
if (form) new Editor(form); // it lives as long as the page
