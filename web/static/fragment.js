// Chosen words as a text fragment (https://wicg.github.io/scroll-to-text-fragment/): a browser
// scrolls to them and marks them. Whole words, since it looks for nothing else.

const MANY = 12; // words; of more only the ends are in the link, if the first ones are there once
const ENDS = 5;

const flat = (text) => text.replace(/\s+/g, " ");
const encode = (part) => encodeURIComponent(part.trim()).replaceAll("-", "%2D");
const times = (text, part) => text.split(part).length - 1;
const upTo = (holder, node, offset) => {
  const range = document.createRange();
  range.setStart(holder, 0);
  range.setEnd(node, offset);
  return flat(range.toString()).length;
};

/** What follows `#:~:text=` for the words of `range` in `passage`, whole and no others.

    Empty where they cannot be told from others: the address alone then leads to the passage. */
export const fragment = (passage, range) => {
  const holder = passage.querySelector(".text");
  const text = flat(holder.textContent);
  const from = holder.contains(range.startContainer) ? upTo(holder, range.startContainer, range.startOffset) : 0;
  const to = holder.contains(range.endContainer) ? upTo(holder, range.endContainer, range.endOffset) : text.length;
  const language = holder.closest("[lang]")?.lang || undefined;
  const words = [...new Intl.Segmenter(language, { granularity: "word" }).segment(text)]
    .filter((each) => each.isWordLike)
    .map((each) => ({ begins: each.index, ends: each.index + each.segment.length }));
  const first = words.findIndex((word) => word.ends > from);
  const last = words.findLastIndex((word) => word.begins < to);
  if (first < 0 || last < first) return "";
  const page = flat(document.body.textContent); // innerText lacks what is far off the screen
  const slice = (begins, ends) => encode(text.slice(begins, ends));
  const between = (one, other) => text.slice(words[one].begins, words[other].ends);
  if (last - first >= MANY && times(page, between(first, first + ENDS - 1)) === 1) {
    return `${encode(between(first, first + ENDS - 1))},${encode(between(last - ENDS + 1, last))}`;
  }
  // Where the same words stand elsewhere, too, those around them tell which are meant.
  let [before, after] = [first, last];
  while (times(page, between(before, after)) > 1 && (before > 0 || after < words.length - 1)) {
    before = Math.max(0, before - 1);
    after = Math.min(words.length - 1, after + 1);
  }
  let prefix = before < first ? slice(words[before].begins, words[first].begins) : "";
  if (times(page, between(before, after)) > 1) {
    // What is looked for stands in one block, the number of a passage in another.
    const number = passage.querySelector(".number")?.textContent ?? "";
    if (first > 0 || !number) return "";
    prefix = encode(number);
  }
  const suffix = after > last ? slice(words[last].ends, words[after].ends) : "";
  return (prefix && `${prefix}-,`) + encode(between(first, last)) + (suffix && `,-${suffix}`);
};
