// Single keys that do something on a page, and the list of them that `?` shows.

const keys = new Map();

/** Lets `key` do `run`; `does` is what the list says of it. */
export const bind = (key, does, run) => keys.set(key, { does, run });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], dialog")) return;
  const bound = keys.get(event.key);
  if (!bound || bound.run(event) === false) return;
  event.preventDefault();
});

const dialog = () => {
  const made = document.createElement("dialog");
  made.className = "keys";
  made.setAttribute("aria-labelledby", "_keys");
  const title = document.createElement("h2");
  title.id = "_keys";
  title.className = "section";
  title.textContent = "Keys";
  const list = document.createElement("dl");
  for (const [key, { does }] of keys) {
    const row = document.createElement("div");
    const name = document.createElement("dt");
    const sign = document.createElement("kbd");
    const told = document.createElement("dd");
    sign.textContent = key;
    name.append(sign);
    told.textContent = does;
    row.append(name, told);
    list.append(row);
  }
  const close = document.createElement("button");
  close.textContent = "Close";
  close.addEventListener("click", () => made.close());
  made.addEventListener("close", () => made.remove());
  made.append(title, list, close);
  document.body.append(made);
  made.showModal();
};

bind("?", "this list", dialog);
