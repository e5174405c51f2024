// Conveniences only: every page does its work without this file.
import { copy, say } from "./clipboard.js";
import { bind } from "./keys.js";

const box = document.getElementById("_q");

if (box) {
  bind("/", "to the search box", () => {
    box.focus();
    box.select();
  });
}

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copies);
    if (await copy(text.textContent.trim())) {
      say(button, "Copied");
    } else { // the browser forbids it
      getSelection().selectAllChildren(text);
      say(button, "Selected; copy it with your keys");
    }
  });
}
