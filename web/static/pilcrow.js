// Conveniences only: every page does its work without this file.
import { copy, say } from "./clipboard.js";
import { choose, chosen, cited } from "./citing.js";
import { bind } from "./keys.js";

const box = document.getElementById("_q");

if (box) {
  bind("/", "to the search box", () => {
    box.focus();
    box.select();
  });
}

// The citation of the page in the reader's style.
const citation = document.getElementById("_citation");
if (citation && !["", "plain"].includes(chosen())) {
  cited(citation.dataset.citations).then((text) => { citation.textContent = text; }, () => {});
}

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copies);
    if (button.dataset.style) choose(button.dataset.style);
    if (await copy(text.textContent.trim())) {
      say(button, "Copied");
    } else { // the browser forbids it
      getSelection().selectAllChildren(text);
      say(button, "Selected; copy it with your keys");
    }
  });
}
