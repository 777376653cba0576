// What was done and is not yet with the server: one list of operations in their order, texts and
// rows alike. Nothing leaves here before it is confirmed: it is kept on this computer, sent after a
// pause, sent again after a failure, and known again by its batch.

import { Shape, applied, carried } from "./shape.js";

const LOOK_AFTER = 160;
const SAVE_AFTER = 1000;
const RETRY_AFTER = [2000, 4000, 8000, 15000];
const isRow = (one) => one.type !== "write";

export class Store {
  constructor(options) {
    Object.assign(this, options); // url, keeper, lock, confirmed, rows, on
    this.queue = []; // after what is being sent, in the order of doing
    this.sending = null; // {batch, operations}: on its way, perhaps arrived
    this.state = "saved";
    this.failures = 0;
    this.looks = 0;
    this.chain = Promise.resolve();
  }

  get operations() {
    return [...(this.sending ? this.sending.operations : []), ...this.queue];
  }

  get isClean() {
    return !this.sending && !this.queue.length;
  }

  /** Whether an operation has not arrived yet. */
  holds(one) {
    return this.operations.includes(one);
  }

  shape(operations = this.operations) {
    return operations.reduce((shape, one) => shape.apply(one), new Shape(this.rows));
  }

  /** The texts that are not with the server, by the fields of the drawn table. */
  texts(operations = this.operations) {
    const drawn = new Shape(this.rows);
    const shape = new Shape(this.rows);
    const found = new Map();
    for (const one of operations) {
      if (isRow(one)) shape.apply(one);
      else {
        const here = carried(one, shape, drawn);
        if (here) found.set(here.path, here.text);
      }
    }
    return found;
  }

  /** Texts as they now stand in the fields of the drawn table. */
  write(texts) {
    for (const [path, text] of texts) if (!path.includes("+]")) this.writeOne(path, text);
    this.changed();
  }

  writeOne(path, text) {
    const one = carried({ type: "write", path, text }, new Shape(this.rows), this.shape());
    if (!one) return; // its row is going away
    const after = this.queue.map(isRow).lastIndexOf(true);
    const at = this.queue.findIndex((other, number) => number > after && other.path === one.path);
    if (at >= 0) this.queue.splice(at, 1);
    const settled = this.texts();
    const known = settled.has(path) ? settled.get(path) : this.confirmed.get(path);
    if (text !== known) this.queue.push(one);
  }

  /** A text for a row that was asked for and is not drawn yet. */
  writeInto(inserted, field, text) {
    if (this.queue.includes(inserted)) inserted.texts = { ...inserted.texts, [field]: text };
    else this.queue.push({ type: "write", path: `${inserted.block}[${this.shape().place(inserted.block, inserted)}].${field}`, text });
    this.changed();
  }

  /** Operations on the rows of the drawn table; → those that will be sent for them. */
  act(operations) {
    const from = new Shape(this.rows);
    const to = this.shape();
    const made = operations.map((one) => carried(one, from, to)).filter(Boolean);
    this.queue.push(...made);
    this.changed();
    return made;
  }

  /** Take back operations on rows that were never sent; whether that was possible. */
  cancel(sent) {
    const first = this.queue.indexOf(sent[0]);
    if (first < 0 || sent.some((one) => !this.queue.includes(one))) return false;
    const before = [...(this.sending ? this.sending.operations : []), ...this.queue.slice(0, first)];
    const [from, to] = [this.shape([...before, ...sent]), this.shape(before)];
    const later = this.queue.slice(first).filter((one) => !sent.includes(one));
    this.queue = [...this.queue.slice(0, first), ...later.map((one) => carried(one, from, to)).filter(Boolean)];
    this.changed();
    return true;
  }

  changed() {
    this.persist();
    if (this.state === "saved" || this.state === "changed") this.tell(this.isClean ? "saved" : "changed");
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
    if (this.sending || this.queue.some(isRow) || !["changed", "saved"].includes(this.state)) return;
    const number = (this.looks += 1);
    const response = await this.post({ lock_version: this.lock, operations: this.queue, keep: false });
    if (number !== this.looks || !response) return;
    if (response.status === 200) this.on.found(await response.json());
    else if (response.status !== 400) this.save();
  }

  /** Send all there is, one batch at a time, in order; → the last answer, null where it stays here. */
  save() {
    this.chain = this.chain.catch(() => null).then(() => this.step());
    return this.chain;
  }

  async step() {
    clearTimeout(this.saving);
    let answer = null;
    while (!this.isClean && this.state !== "closed") {
      this.begin();
      this.tell("saving");
      answer = await this.sendOnce();
      if (!answer) return null;
    }
    return answer;
  }

  /** From now on these operations have a name under which the server knows them again. */
  begin() {
    if (this.sending) return;
    this.sending = { batch: name(), operations: this.queue };
    this.queue = [];
    this.persist();
  }

  async sendOnce() {
    const { batch, operations } = this.sending;
    this.looks += 1;
    const response = await this.post({ lock_version: this.lock, operations, batch });
    if (!response || response.status >= 500) return this.failed();
    if (response.status === 401 || response.status === 403) return this.stop("signed-out");
    const answer = await response.json();
    if (response.status === 409 && answer.code === "conflict") return this.merge(answer);
    if (answer.code === "unknown_place" && !this.mended) return this.mend();
    if (response.status !== 200) return this.stop(answer.code === "closed" ? "closed" : "refused", answer.message);
    if (answer.table) await this.on.quiet();
    this.failures = 0;
    this.mended = false;
    this.lock = answer.lock_version;
    this.sending = null;
    if (answer.table) this.redraw(answer, operations);
    else for (const one of operations) this.confirmed.set(one.path, one.text);
    this.persist();
    this.tell(this.isClean ? "saved" : "changed", answer.saved_at);
    this.on.saved(answer, operations);
    this.keeper.saved(this.lock);
    return answer;
  }

  /** Rows came or went: what was typed meanwhile is put into the new table. */
  redraw(answer, operations) {
    this.rows = answer.rows;
    this.confirmed = this.on.table(answer.table, operations);
    this.on.put(this.texts());
    if (this.afterPut) this.afterPut();
    this.afterPut = null;
  }

  /** Somebody else has saved: what was done here is done again on what stands there now. */
  async merge(answer) {
    this.tell("merging");
    await this.on.quiet();
    const mine = { texts: this.confirmed, counts: this.rows };
    const arrived = answer.already && this.sending ? applied(mine.texts, mine.counts, this.sending.operations) : mine;
    const operations = answer.already ? this.queue : this.operations;
    const chosen = await this.on.conflict(answer, operations, arrived);
    this.lock = answer.lock_version;
    this.sending = null;
    this.queue = chosen;
    this.redraw(answer, []);
    this.persist();
    this.tell(this.isClean ? "saved" : "changed");
    return answer;
  }

  /** A place that is not in the table any more: what fits is done again on the table there is. */
  async mend() {
    this.mended = true;
    const response = await this.post({ lock_version: -1, operations: [], keep: false });
    const answer = response && response.status === 409 ? await response.json() : {};
    return answer.code === "conflict" ? this.merge(answer) : this.stop("refused");
  }

  /** Another window has saved: where nothing is open here, show what it saved. */
  async refresh(lock) {
    if (lock <= this.lock || !this.isClean || this.state !== "saved") return;
    const response = await this.post({ lock_version: this.lock, operations: [], keep: false });
    if (!response || response.status !== 409 || !this.isClean) return;
    const answer = await response.json();
    if (answer.code === "conflict" && this.isClean) await this.merge(answer);
  }

  /** Go on where a window that is gone has stopped; → the answer, null where it is still here. */
  resume(kept) {
    this.lock = kept.lock;
    this.rows = kept.rows;
    this.confirmed = new Map(kept.base);
    this.sending = kept.sending;
    this.queue = kept.queue;
    this.persist();
    return this.save();
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

  /** The page goes away: a last try that outlives it. What fails stays on this computer. */
  leave() {
    if (this.isClean || ["closed", "signed-out", "merging"].includes(this.state)) return;
    this.begin();
    const { batch, operations } = this.sending;
    this.post({ lock_version: this.lock, operations, batch }, true);
  }

  persist() {
    const { lock, rows, sending, queue } = this;
    this.keeper.put(this.isClean ? null : { lock, rows, base: [...this.confirmed], sending, queue });
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

function name() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, "0")).join("");
}
