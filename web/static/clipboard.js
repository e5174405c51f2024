// Copies text, also on pages without encryption, where browsers keep their clipboard from scripts.

const byHand = (text) => {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  field.readOnly = true;
  const before = document.activeElement;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus({ preventScroll: true });
  return done;
};

/** Whether `text` is on the clipboard now. */
export const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch { // there is none, or it is forbidden
    return byHand(text);
  }
};

const SHOWN = 2500; // milliseconds
const waiting = new WeakMap();

/** Says `words` in `place` for a while, then what it said before. */
export const say = (place, words) => {
  const known = waiting.get(place);
  clearTimeout(known?.timer);
  const before = known?.before ?? place.textContent;
  place.textContent = words;
  const timer = setTimeout(() => {
    place.textContent = before;
    waiting.delete(place);
  }, SHOWN);
  waiting.set(place, { before, timer });
};
