// What was typed and is not yet with the server. Nothing leaves here before it is confirmed: it is
// kept on this computer, sent after a pause, sent again after a failure, and known again by its batch.

import { moved } from "./paths.js";

const LOOK_AFTER = 160;
const SAVE_AFTER = 1000;
const RETRY_AFTER = [2000, 4000, 8000, 15000];

export class Store {
  constructor(options) {
    Object.assign(this, options); // url, key, lock, confirmed, rows, on
    this.pending = new Map();
    this.sending = null;
    this.state = "saved";
    this.failures = 0;
    this.looks = 0;
    this.chain = Promise.resolve();
  }

  get unsaved() {
    const all = new Map(this.sending ? this.sending.writes : []);
    for (const [path, text] of this.pending) all.set(path, text);
    return all;
  }

  /** A text as it now stands in a field. */
  write(path, text) {
    const known = this.sending && this.sending.writes.has(path) ? this.sending.writes.get(path) : this.confirmed.get(path);
    if (text === known) this.pending.delete(path);
    else this.pending.set(path, text);
    this.persist();
    if (this.state === "saved" || this.state === "changed") this.tell(this.unsaved.size ? "changed" : "saved");
    this.soon();
  }

  soon() {
    clearTimeout(this.looking);
    clearTimeout(this.saving);
    this.looking = setTimeout(() => this.look(), LOOK_AFTER);
    this.saving = setTimeout(() => this.save(), SAVE_AFTER);
  }

  tell(state, more) {
    this.state = state;
    this.on.state(state, more);
  }

  /** What the engine says of the texts as they stand, without keeping them. */
  async look() {
    if (this.sending || !["changed", "saved"].includes(this.state)) return;
    const number = (this.looks += 1);
    const response = await this.post({ lock_version: this.lock, operations: operations(this.unsaved), keep: false });
    if (number !== this.looks || !response) return;
    if (response.status === 200) this.on.found(await response.json());
    else if (response.status !== 400) this.save();
  }

  /** Send what is pending, then `rows`; one at a time, in order. */
  save(rows = []) {
    this.chain = this.chain.catch(() => null).then(() => this.step(rows));
    return this.chain;
  }

  async step(rows) {
    clearTimeout(this.saving);
    if (this.state === "closed" || this.state === "merging") return null;
    let answer = null;
    let owed = rows;
    while (this.sending || this.pending.size || owed.length) {
      if (!this.sending) {
        this.sending = { batch: name(), writes: new Map(this.pending), rows: owed };
        this.pending.clear();
        owed = [];
      }
      this.tell("saving");
      answer = await this.sendOnce();
      if (!answer) {
        if (owed.length) this.on.notice("增减行要在恢复连接以后进行。");
        return null;
      }
    }
    return answer;
  }

  async sendOnce() {
    const { batch, writes, rows } = this.sending;
    this.looks += 1;
    const asked = { lock_version: this.lock, operations: [...operations(writes), ...rows], batch };
    const response = await this.post(asked);
    if (!response || response.status >= 500) return this.failed();
    if (response.status === 401 || response.status === 403) return this.stop("signed-out");
    const answer = await response.json();
    if (response.status === 409 && answer.code === "conflict") {
      this.tell("merging");
      this.on.conflict(answer, this.unsaved, rows);
      return null;
    }
    if (response.status !== 200) return this.stop(answer.code === "closed" ? "closed" : "refused", answer.message);
    this.failures = 0;
    this.lock = answer.lock_version;
    for (const [path, text] of writes) this.confirmed.set(path, text);
    this.sending = null;
    if (answer.table) this.reshape(answer, rows);
    this.persist();
    this.tell(this.pending.size ? "changed" : "saved", answer.saved_at);
    this.on.saved(answer, rows);
    return answer;
  }

  /** Rows came or went: what was typed meanwhile moves with its row. */
  reshape(answer, rows) {
    const typed = [...this.pending].map(([path, text]) => [moved(path, rows), text]);
    this.rows = answer.rows;
    this.confirmed = this.on.table(answer.table, rows);
    this.pending = new Map(typed.filter(([path]) => path && this.confirmed.has(path)));
    this.on.put(this.pending);
  }

  failed() {
    const wait = RETRY_AFTER[Math.min(this.failures, RETRY_AFTER.length - 1)];
    this.failures += 1;
    this.tell("offline");
    clearTimeout(this.retrying);
    this.retrying = setTimeout(() => this.save(), wait);
    return null;
  }

  stop(state, message) {
    this.tell(state, message);
    return null;
  }

  /** Try again at once: the network is back, or somebody has signed in elsewhere. */
  again() {
    if (["offline", "signed-out"].includes(this.state)) this.save();
  }

  /** After a merge: go on from what the server has, with the texts that were chosen. */
  rebase(answer, chosen) {
    this.lock = answer.lock_version;
    this.rows = answer.rows;
    this.sending = null;
    this.confirmed = this.on.table(answer.table, []);
    this.pending = new Map([...chosen].filter(([path, text]) => this.confirmed.has(path) && this.confirmed.get(path) !== text));
    this.on.put(this.pending);
    this.persist();
    this.tell(this.pending.size ? "changed" : "saved");
    return this.save();
  }

  /** The page goes away: a last try that outlives it. What fails stays on this computer. */
  leave() {
    if (!this.unsaved.size || ["closed", "signed-out", "merging"].includes(this.state)) return;
    const sent = this.sending || { batch: name(), rows: [] };
    this.post({ lock_version: this.lock, operations: [...operations(this.unsaved), ...sent.rows], batch: sent.batch }, true);
  }

  persist() {
    const texts = [...this.unsaved].map(([path, text]) => [path, text, this.confirmed.get(path) || ""]);
    try {
      if (texts.length) localStorage.setItem(this.key, JSON.stringify({ lock: this.lock, rows: this.rows, texts }));
      else localStorage.removeItem(this.key);
    } catch (error) {
      this.on.notice("这台电脑不让网页存放内容：断网或者登录过期时，没有保存的修改会丢。");
    }
  }

  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.key) || "null");
    } catch (error) {
      return null;
    }
  }

  async post(content, keepalive = false) {
    try {
      return await fetch(this.url, {
        method: "POST",
        keepalive,
        redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
        body: JSON.stringify(content),
      });
    } catch (error) {
      return null;
    }
  }
}

export function token() {
  const found = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  if (found) return decodeURIComponent(found[1]);
  const hidden = document.querySelector("input[name=csrfmiddlewaretoken]");
  return hidden ? hidden.value : "";
}

function operations(writes) {
  return [...writes].map(([path, text]) => ({ type: "write", path, text }));
}

function name() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, "0")).join("");
}
