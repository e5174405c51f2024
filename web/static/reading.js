// A document as it is read: where one is in it, from hit to hit, and what can be done with a
// paragraph. Without this file every link still leads where it says.
import { copy, say } from "./clipboard.js";
import { cited } from "./citing.js";
import { fragment } from "./fragment.js";
import { keepParagraph } from "./keeping.js";
import { bind } from "./keys.js";

const reading = document.getElementById("_reading");
const bar = document.getElementById("_bar");
const passages = [...reading.querySelectorAll(".passage")];
const hits = passages.filter((each) => each.classList.contains("hit"));

// The address bar shows the address alone: what leads here from a search is for the page only.
const tidy = () => {
  const here = reading.querySelector(".cited[id]");
  const hash = here && location.hash === "#" + here.id ? "" : location.hash;
  const asked = new URLSearchParams(location.search);
  asked.delete("q");
  const rest = asked.size ? "?" + asked : "";
  history.replaceState(history.state, "", location.pathname + rest + hash);
};
addEventListener("load", tidy);

// A fragment that is in another part of a long document has a page of its own.
if (location.hash.length > 1 && !document.getElementById(decodeURIComponent(location.hash.slice(1)))) {
  const address = location.pathname.split("/");
  if (address.length === 3 && bar.dataset.parts) location.replace(location.pathname + "/" + location.hash.slice(1) + location.hash);
}

// What was above the screen has its true height only now that it was laid out: scroll once more.
const settle = () => {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (place) requestAnimationFrame(() => requestAnimationFrame(() => place.scrollIntoView()));
};
addEventListener("hashchange", settle);

// Back to the results as they were, on whatever page of them.
const back = document.getElementById("_results");
if (back && document.referrer) {
  const from = new URL(document.referrer);
  if (from.origin === location.origin && from.pathname === new URL(back.href).pathname) back.href = from.href;
}

// One paragraph at a time can be reached by Tab; j and k go from one to the next.
const pins = reading.querySelectorAll(".pin");
for (const pin of pins) pin.tabIndex = -1;
let current = reading.querySelector(".cited") ?? null;

const show = (passage) => {
  if (current) current.querySelector(".pin").tabIndex = -1;
  current = passage;
  passage.querySelector(".pin").tabIndex = 0;
  passage.focus({ preventScroll: true });
  passage.scrollIntoView({ block: "center" });
};
(current ?? passages[0])?.querySelector(".pin")?.setAttribute("tabindex", "0");

const nearest = () => {
  const middle = innerHeight / 3;
  let low = 0;
  let high = passages.length - 1;
  while (low < high) {
    const at = (low + high) >> 1;
    if (passages[at].getBoundingClientRect().bottom < middle) low = at + 1;
    else high = at;
  }
  return low;
};

const step = (by) => {
  const at = current ? passages.indexOf(current) + by : nearest();
  if (passages[at]) show(passages[at]);
};

// Hits
const count = document.getElementById("_count");
const links = { "-1": document.getElementById("_before"), "1": document.getElementById("_after") };

const nextHit = (by) => {
  const at = current ? passages.indexOf(current) : nearest() - 1;
  const places = hits.map((hit) => passages.indexOf(hit));
  const next = by > 0 ? places.findIndex((place) => place > at) : places.findLastIndex((place) => place < at);
  return hits[next];
};

const goToHit = (by) => {
  const hit = nextHit(by);
  if (!hit) {
    const beyond = by > 0 ? bar.dataset.after : bar.dataset.before;
    if (beyond) location.href = beyond;
    return;
  }
  show(hit);
  const number = Number(bar.dataset.first) + hits.indexOf(hit);
  count.textContent = `${number.toLocaleString("en")} of ${Number(bar.dataset.total).toLocaleString("en")} ${bar.dataset.total === "1" ? "hit" : "hits"}`;
};

for (const [by, link] of Object.entries(links)) {
  link?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    goToHit(Number(by));
  });
}

// Where one is
const headings = [...reading.querySelectorAll(".level")];
const here = document.getElementById("_here");
const contents = document.getElementById("_contents");
const lines = new Map([...(contents?.querySelectorAll("a") ?? [])].map((line) => [decodeURIComponent(line.hash.slice(1)), line]));
let above;

const locate = () => {
  let low = -1;
  let high = headings.length - 1;
  while (low < high) {
    const at = (low + high + 1) >> 1;
    if (headings[at].getBoundingClientRect().top <= innerHeight / 2) low = at;
    else high = at - 1;
  }
  const heading = headings[low];
  if (heading === above) return;
  above = heading;
  here.textContent = heading ? " › " + heading.textContent : "";
  for (const line of lines.values()) line.removeAttribute("aria-current");
  const line = heading && lines.get(heading.id);
  if (!line) return;
  line.setAttribute("aria-current", "true");
  const list = contents.getBoundingClientRect();
  const place = line.getBoundingClientRect();
  if (place.top < list.top || place.bottom > list.bottom) contents.scrollTop += place.top - list.top - list.height / 3;
};

let asked = false;
addEventListener("scroll", () => {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    locate();
  });
}, { passive: true });

const wide = matchMedia("(min-width: 70rem)");
const unfold = () => { if (contents) contents.open = wide.matches; };
wide.addEventListener("change", unfold);
unfold();
if (headings.length) locate();

// What can be done with a paragraph: shown where the pointer or the focus is.
const tools = document.createElement("div");
tools.className = "tools";
tools.setAttribute("role", "toolbar");
const status = document.createElement("span");
status.setAttribute("role", "status");

// Of the edition that is shown, for ever.
const { edition } = reading.dataset;
const { origin } = new URL(document.querySelector("link[rel=canonical]").href);
const addressOf = (passage) => {
  const { pathname } = passage.querySelector(".pin");
  return pathname.includes("@") ? pathname : pathname + "@" + edition;
};

const words = (passage) => {
  const chosen = getSelection();
  const inside = chosen && !chosen.isCollapsed && passage.contains(chosen.anchorNode) && passage.contains(chosen.focusNode);
  return inside ? chosen.toString().trim() : "";
};

const textOf = (passage) => {
  const text = passage.querySelector(".text").cloneNode(true);
  for (const extra of text.querySelectorAll(".call, .back")) extra.remove();
  return text.textContent.trim();
};

const actions = {
  async link(passage) {
    const chosen = words(passage);
    const address = origin + addressOf(passage);
    if (!chosen) return copy(address);
    const text = fragment(passage, getSelection().getRangeAt(0));
    return copy(text ? `${address}#:~:text=${text}` : address);
  },
  async words(passage) {
    return copy(words(passage) || textOf(passage));
  },
  async cite(passage) {
    const chosen = words(passage);
    const citation = await cited(addressOf(passage) + "/cite");
    return copy(chosen ? `“${chosen}” (${citation})` : citation);
  },
  async keep(passage) {
    const title = document.querySelector("h1").textContent.trim();
    const number = passage.querySelector(".number")?.textContent;
    return keepParagraph(addressOf(passage), number ? `${title}, ${number}` : title, words(passage) || textOf(passage));
  },
};

const NAMES = { link: "Copy link", words: "Copy words", cite: "Cite", keep: "Keep" };
const DONE = { keep: ["Kept", "The browser keeps nothing here"] };

const act = async (name, passage) => {
  attach(passage);
  let done = false;
  try {
    done = await actions[name](passage);
  } catch {
    done = false;
  }
  const [yes, no] = DONE[name] ?? ["Copied", "The browser forbids copying"];
  say(status, done ? yes : no);
};

for (const name of Object.keys(NAMES)) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = NAMES[name];
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
  button.addEventListener("click", () => act(name, tools.closest(".passage")));
  tools.append(button);
}
tools.append(status);

function attach(passage) {
  if (tools.parentElement === passage) return;
  status.textContent = "";
  tools.setAttribute("aria-label", "Paragraph " + (passage.querySelector(".number")?.textContent ?? passage.id));
  passage.append(tools);
}

for (const type of ["pointerover", "focusin", "pointerup"]) {
  reading.addEventListener(type, (event) => {
    const passage = event.target.closest?.(".passage");
    if (passage) attach(passage);
  });
}
reading.addEventListener("focusin", (event) => {
  const passage = event.target.closest(".passage");
  if (passage && passage !== current) {
    if (current) current.querySelector(".pin").tabIndex = -1;
    current = passage;
    passage.querySelector(".pin").tabIndex = 0;
  }
});
reading.addEventListener("pointerleave", () => { if (!tools.contains(document.activeElement)) tools.remove(); });

const chosenPassage = () => current ?? passages[nearest()];

bind("j", "the next paragraph", () => step(1));
bind("k", "the paragraph before", () => step(-1));
if (hits.length || bar.dataset.total) {
  bind("n", "the next hit", () => goToHit(1));
  bind("p", "the hit before", () => goToHit(-1));
}
bind("c", "copy the citation", () => act("cite", chosenPassage()));
bind("s", "keep the paragraph", () => act("keep", chosenPassage()));
bind("l", "copy the link", () => act("link", chosenPassage()));
