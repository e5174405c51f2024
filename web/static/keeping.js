// Searches and paragraphs that a reader keeps: in this browser alone, never sent to the server.

const KEY = "pilcrow.kept";
const LONGEST = 5000; // characters of a paragraph's words

/** All that is kept, the oldest first: `searches` and `paragraphs`. */
export const kept = () => {
  let found;
  try {
    found = JSON.parse(localStorage.getItem(KEY));
  } catch { // storage is turned off, or what is there is not ours
    found = null;
  }
  const list = (name) => (Array.isArray(found?.[name]) ? found[name].filter((each) => typeof each?.address === "string") : []);
  return { searches: list("searches"), paragraphs: list("paragraphs") };
};

const write = (all) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
    return true;
  } catch { // turned off, or full
    return false;
  }
};

const keep = (name, item) => {
  const all = kept();
  if (all[name].some((each) => each.address === item.address)) return true;
  all[name].push({ ...item, at: new Date().toISOString() });
  return write(all);
};

/** Keeps a search by its address; whether that was possible. */
export const keepSearch = (address, query) => keep("searches", { address, query });

/** Keeps a paragraph by its address, with its edition; whether that was possible. */
export const keepParagraph = (address, title, words) =>
  keep("paragraphs", { address, title, words: words.length > LONGEST ? words.slice(0, LONGEST) + " …" : words });

/** Whether what has this address is kept, under `searches` or `paragraphs`. */
export const isKept = (name, address) => kept()[name].some((each) => each.address === address);

/** Gives up what has this address. */
export const drop = (name, address) => {
  const all = kept();
  all[name] = all[name].filter((each) => each.address !== address);
  return write(all);
};
