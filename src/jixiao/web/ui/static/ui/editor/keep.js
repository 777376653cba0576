// What is not yet with the server, on this computer: one place for every open window, so that two
// windows on one draft never write over each other. What a window that is gone has left behind is
// found by the next one.

const ANSWER_WITHIN = 250;

export class Keeper {
  /** `name` is the draft's; `on.trouble()` where nothing can be kept, `on.elsewhere(lock)` a save in another window. */
  constructor(name, on) {
    this.name = `${name}:`;
    this.key = `${this.name}${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`;
    this.on = on;
    this.works = true;
    this.alive = new Set();
    if (typeof BroadcastChannel === "undefined") return;
    this.channel = new BroadcastChannel(name);
    this.channel.addEventListener("message", (event) => this.heard(event.data));
  }

  heard(said) {
    if (said.ask && said.ask.includes(this.key)) this.channel.postMessage({ here: this.key });
    if (said.here) this.alive.add(said.here);
    if (said.saved) this.on.elsewhere(said.saved);
  }

  /** Keep this, or nothing any more. */
  put(content) {
    try {
      if (content) localStorage.setItem(this.key, JSON.stringify(content));
      else localStorage.removeItem(this.key);
      this.works = true;
    } catch (error) {
      if (this.works) this.on.trouble();
      this.works = false;
    }
  }

  saved(lock) {
    if (this.channel) this.channel.postMessage({ saved: lock });
  }

  /** What windows that are gone have left, the oldest first. */
  async left() {
    let keys = [];
    try {
      keys = Object.keys(localStorage).filter((key) => key.startsWith(this.name) && key !== this.key);
    } catch (error) {
      return [];
    }
    if (keys.length && this.channel) {
      this.channel.postMessage({ ask: keys });
      await new Promise((resolve) => setTimeout(resolve, ANSWER_WITHIN));
    }
    return keys.filter((key) => !this.alive.has(key)).sort().map(read).filter(Boolean);
  }

  forget(key) {
    try {
      localStorage.removeItem(key);
    } catch (error) {
      this.works = false;
    }
  }
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept && Array.isArray(kept.queue) && Array.isArray(kept.base) ? { key, ...kept } : null;
  } catch (error) {
    return null;
  }
}
