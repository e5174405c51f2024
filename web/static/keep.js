// "Keep" on a page of results: the search, and each paragraph of it.
import { bind } from "./keys.js";
import { drop, isKept, keepParagraph, keepSearch } from "./keeping.js";

const button = (name, address, what, keep) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "keep-it";
  const show = () => {
    const is = isKept(name, address);
    made.setAttribute("aria-pressed", String(is));
    made.textContent = is ? "Kept" : what;
  };
  made.addEventListener("click", () => {
    const done = isKept(name, address) ? drop(name, address) : keep();
    show();
    if (!done) made.textContent = "The browser keeps nothing here";
  });
  addEventListener("storage", show);
  addEventListener("pageshow", show);
  show();
  return made;
};

const textOf = (result) => result.querySelector("details.whole .text, .text").textContent.trim();

for (const result of document.querySelectorAll(".result")) {
  const foot = result.querySelector(".foot");
  const cite = foot?.querySelector(".cite-it");
  if (!cite) continue;
  const address = cite.getAttribute("href").replace(/\/cite$/, "");
  const title = result.querySelector(".source a").textContent.replace(/\s+/g, " ").trim();
  const line = document.createElement("p");
  line.append(button("paragraphs", address, "Keep", () => keepParagraph(address, title, textOf(result))));
  cite.closest("p").after(line);
}

const total = document.querySelector(".total");
const asked = new URLSearchParams(location.search);
if (total && asked.get("q")) {
  asked.delete("page");
  const address = `${location.pathname}?${asked}`;
  const line = document.createElement("p");
  line.className = "keep-search";
  line.append(button("searches", address, "Keep this search", () => keepSearch(address, asked.get("q"))));
  total.after(line);
}

bind("s", "keep the result, or give it up", () => {
  const result = document.activeElement?.closest(".result") ?? document.querySelector(".result");
  const found = result?.querySelector(".keep-it");
  if (!found) return false;
  found.click();
});
