// What somebody did on one version of a table, done again on another that was saved meanwhile.
// Rows are found again by what stands in them; only where both changed the same thing is a person
// asked.

import { parsed } from "./paths.js";
import { Shape, carried } from "./shape.js";
import { say } from "../words.js";

/**
 * Operations made on `mine` (`{texts, counts}`) as they are to be made on `theirs`.
 * `decide(line)` says whether my side shall stand where both changed the same; `line` is
 * `{key, path, base, theirs, mine, gone}`, with `path` as it is in their table.
 */
export function replayed(operations, mine, theirs, decide) {
  const from = new Shape(mine.counts);
  const to = matched(mine, theirs);
  const origin = origins(to);
  const made = [];
  const touched = new Set(); // a later text of mine stands over an earlier one, also where theirs is the same
  const put = (one) => one && made.push(one);
  for (const one of operations) {
    if (one.type === "write") {
      const place = parsed(one.path);
      const token = place && from.token(place.block, place.at);
      const base = mine.texts.get(place && typeof token === "number" ? `${place.block}[${token}].${place.field}` : one.path) || "";
      const key = place ? `${place.block}:${typeof token === "number" ? token : "new"}:${place.field}` : one.path;
      if (place && typeof token !== "number") put(carried(one, from, to));
      else if (place && to.place(place.block, token) < 0) rescue(one, place, token);
      else {
        const there = place ? `${place.block}[${known(origin, place.block, token)}].${place.field}` : one.path;
        const now = theirs.texts.get(there);
        if (now === one.text && !touched.has(key)) continue;
        if (now === undefined && !place) continue; // their table has no such field
        if ((now || "") === base || decide({ key, path: there, base, theirs: now || "", mine: one.text })) {
          touched.add(key);
          put(carried(one, from, to));
        }
      }
    } else if (one.type === "remove") {
      const token = from.token(one.block, one.at);
      const edited = typeof token === "number" && to.place(one.block, token) >= 0 && changed(one.block, token);
      const line = edited && { key: `${one.block}:${token}`, row: true, path: `${one.block}[${known(origin, one.block, token)}].name`, theirs: edited, mine: say("（删除这一行）") };
      if (line && !decide(line)) from.apply(one);
      else put(carried(one, from, to));
    } else put(carried(one, from, to));
  }
  return made;

  /** What stands in a row of theirs that I took out, where they changed it; else "". */
  function changed(block, token) {
    const before = rowOf(mine.texts, block, token);
    const now = rowOf(theirs.texts, block, known(origin, block, token));
    return JSON.stringify(before) === JSON.stringify(now) ? "" : words(now);
  }

  /** I wrote into a row that they took out: where it shall stand it comes back whole. */
  function rescue(one, place, token) {
    const texts = Object.fromEntries(rowOf(mine.texts, place.block, token));
    const line = { key: `${place.block}:${token}`, path: one.path, gone: true, theirs: say("（这一行已被删除）"), mine: words([...Object.entries({ ...texts, [place.field]: one.text })]) };
    if (!decide(line)) return;
    const back = { type: "insert", block: place.block, at: to.behind(place.block, from, place.at), texts };
    to.list(place.block).splice(back.at, 0, token);
    made.push(back, { ...one, path: `${place.block}[${back.at}].${place.field}` });
  }
}

/** All places where both changed the same thing, each once, with my last text. */
export function differences(operations, mine, theirs) {
  const lines = new Map();
  replayed(operations, mine, theirs, (line) => {
    lines.set(line.key, line);
    return true;
  });
  return [...lines.values()];
}

/** Their table with the tokens of mine for the rows that are in both. */
function matched(mine, theirs) {
  const shape = new Shape({});
  for (const block of new Set([...Object.keys(mine.counts), ...Object.keys(theirs.counts)])) {
    const before = range(mine.counts[block]).map((at) => rowOf(mine.texts, block, at));
    const now = range(theirs.counts[block]).map((at) => rowOf(theirs.texts, block, at));
    const pairs = paired(before, now);
    shape.lists[block] = now.map((_, at) => (pairs.has(at) ? pairs.get(at) : `${block}:${at}`));
    shape.next[block] = before.length;
  }
  return shape;
}

function origins(shape) {
  const found = {};
  for (const [block, list] of Object.entries(shape.lists)) found[block] = new Map(list.map((token, at) => [token, at]));
  return found;
}

/** The row of their table, as it was sent, that has this token; a blank line stays where it was. */
function known(origin, block, token) {
  const rows = origin[block] || new Map();
  return rows.has(token) ? rows.get(token) : token;
}

/** Their row → my row: the longest common run of equal rows, then names, then the order. */
export function paired(mine, theirs) {
  const found = new Map();
  const a = mine.map((one) => JSON.stringify(one));
  const b = theirs.map((one) => JSON.stringify(one));
  const longest = a.map(() => new Array(b.length + 1).fill(0));
  longest.push(new Array(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) longest[i][j] = a[i] === b[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
  let [i, j, fromI, fromJ] = [0, 0, 0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      between(fromI, i, fromJ, j);
      found.set(j, i);
      [i, j] = [i + 1, j + 1];
      [fromI, fromJ] = [i, j];
    } else if (longest[i + 1][j] >= longest[i][j + 1]) i += 1;
    else j += 1;
  }
  between(fromI, a.length, fromJ, b.length);
  return found;

  function between(i0, i1, j0, j1) {
    let left = range(i1 - i0).map((n) => i0 + n);
    let right = range(j1 - j0).map((n) => j0 + n);
    const same = left.length === right.length;
    const take = (alike) => {
      for (const one of [...left]) {
        const other = right.find((row) => alike(mine[one], theirs[row]));
        if (other === undefined) continue;
        found.set(other, one);
        left = left.filter((row) => row !== one);
        right = right.filter((row) => row !== other);
      }
    };
    if (!same) {
      take((x, y) => text(x, "name") !== "" && text(x, "name") === text(y, "name"));
      take((x, y) => text(x, "target") !== "" && text(x, "target") === text(y, "target"));
      take((x, y) => likeness(text(x, "name"), text(y, "name")) >= 0.5);
    }
    if (left.length === right.length) left.forEach((one, at) => found.set(right[at], one));
  }
}

function rowOf(texts, block, at) {
  const start = `${block}[${at}].`;
  return [...texts].filter(([path]) => path.startsWith(start)).map(([path, said]) => [path.slice(start.length), said]);
}

/** How much of the shorter of two names stands in the other, from 0 to 1. */
function likeness(one, other) {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const rest = [...long];
  let common = 0;
  for (const sign of short) {
    const at = rest.indexOf(sign);
    if (at < 0) continue;
    common += 1;
    rest.splice(at, 1);
  }
  return short ? common / short.length : 0;
}

const text = (fields, name) => (fields.find(([field]) => field === name) || ["", ""])[1];
const words = (fields) => [...fields].filter(([field, said]) => said && !/^level\d$/.test(field)).map(([, said]) => said).join("，");
const range = (count) => [...Array(count || 0).keys()];
