// Suggestions below the search box, by the ARIA pattern of a combobox with a list. Without this file
// the box is a box.
"use strict";

const suggest = (form) => {
  const box = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  let active = -1, asked = null, timer = 0;

  list.id = "_suggested";
  list.hidden = true;
  list.className = "suggested";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  box.after(list);
  for (const [name, value] of [
    ["role", "combobox"], ["aria-autocomplete", "list"], ["aria-haspopup", "listbox"],
    ["aria-controls", list.id], ["aria-expanded", "false"],
  ]) box.setAttribute(name, value);

  const activate = (at) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = at;
    const option = list.children[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
  };

  const open = (isOpen) => {
    activate(-1);
    list.hidden = !isOpen;
    box.setAttribute("aria-expanded", String(isOpen));
  };

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    open(false);
  };

  const choose = (option) => {
    box.value = option.dataset.query;
    close();
    form.requestSubmit();
  };

  const optionOf = ({ kind, text, query }, at) => {
    const option = document.createElement("li");
    const said = document.createElement("bdi");
    said.textContent = text;
    option.append(said);
    option.id = `${list.id}-${at}`;
    option.dataset.query = query;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    if (kind !== "word") {
      const what = document.createElement("span");
      what.className = "part";
      what.textContent = ` ${kind}`;
      option.append(what);
    }
    return option;
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const url = `${form.dataset.suggest}?q=${encodeURIComponent(box.value)}`;
      const answer = await fetch(url, { signal });
      const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
      if (signal.aborted) return;
      list.replaceChildren(...suggestions.map(optionOf));
      open(suggestions.length > 0 && document.activeElement === box);
    } catch { // the next letter asked anew, or the server is away: the box works without
      if (!signal.aborted) close();
    }
  };

  const move = (by) => {
    const count = list.children.length + 1; // the box itself is one of the places
    activate((active + 1 + by + count) % count - 1);
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    if (box.value.trim().length < 2) close();
    else timer = setTimeout(ask, 40);
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!list.children.length) return;
      event.preventDefault();
      if (!isOpen) open(true);
      if (!event.altKey) move(event.key === "ArrowDown" ? 1 : -1);
      else if (event.key === "ArrowUp") close();
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault(); // a second one empties the box
      close();
    } else if (event.key === "Enter" && isOpen && active >= 0) {
      event.preventDefault();
      choose(list.children[active]);
    } else if (event.key === "Enter") {
      close();
    }
  });

  box.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
};

for (const form of document.querySelectorAll("form[data-suggest]")) suggest(form);
