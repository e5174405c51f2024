// Keys on a page of results: from one to the next, open it, copy its citation.
import { bind } from "./keys.js";

const results = [...document.querySelectorAll(".result")];
let at = -1;

for (const result of results) result.tabIndex = -1;

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

if (results.length) {
  bind("j", "the next result", () => step(1));
  bind("k", "the result before", () => step(-1));
  bind("Enter", "open the result", (event) => {
    if (event.target !== results[at]) return false; // a link or a button does what it does
    results[at].querySelector(".source a").click();
  });
}
