// What scripts say, in the language of the page. Chinese is the source; English pages load
// words-en.js before. `{name}` in a sentence is filled from the values.

const words = window.jixiaoWords || {};

export function say(text, values = {}) {
  return (words[text] || text).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
