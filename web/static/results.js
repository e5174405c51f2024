// Keys on a page of results: from one to the next, open it, copy its citation.
import { cited } from "./citing.js";
import { copy, say } from "./clipboard.js";
import { bind } from "./keys.js";

const results = [...document.querySelectorAll(".result")];
let at = -1;

for (const result of results) {
  const link = result.querySelector(".source a");
  result.tabIndex = -1;
  // All of a result leads to its paragraph, but for its links, and where words are selected.
  result.addEventListener("click", (event) => {
    if (event.target.closest("a, button, summary, details[open]") || !getSelection().isCollapsed) return;
    if (event.ctrlKey || event.metaKey) open(link.href, "_blank", "noopener");
    else location.href = link.href;
  });
}

// What narrows the search is beside the results where there is room.
const side = document.getElementById("_side");
const wide = matchMedia("(min-width: 76rem)");
const unfold = () => { if (side && wide.matches) side.open = true; };
wide.addEventListener("change", unfold);
unfold();

const step = (by) => {
  const next = results[at + by];
  if (!next) return;
  at += by;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
};

document.addEventListener("focusin", (event) => {
  const inside = results.indexOf(event.target.closest?.(".result"));
  if (inside >= 0) at = inside;
});

// With scripts, one click copies the citation; with a key held, the page of all styles opens.
const cite = async (link) => {
  let done = false;
  try {
    done = await copy(await cited(link.getAttribute("href")));
  } catch { // the page of all styles still has it
    location.href = link.href;
  }
  if (done) say(link, "Copied");
};

for (const link of document.querySelectorAll(".cite-it")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    cite(link);
  });
}

if (results.length) {
  bind("j", "the next result", () => step(1));
  bind("k", "the result before", () => step(-1));
  bind("Enter", "open the result", (event) => {
    if (event.target !== results[at]) return false; // a link or a button does what it does
    results[at].querySelector(".source a").click();
  });
  bind("c", "copy the citation of the result", () => cite(results[Math.max(at, 0)].querySelector(".cite-it")));
}
