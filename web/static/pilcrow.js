// Conveniences only: every page does its work without this file.
"use strict";

const box = document.getElementById("_q");

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  box.focus();
  box.select();
});

const copy = (button, citation) =>
  navigator.clipboard.writeText(citation.textContent).then(
    () => { button.textContent = "Copied"; },
    () => { // the browser forbids it
      getSelection().selectAllChildren(citation);
      button.textContent = "Selected; copy it with your keys";
    },
  );

// The clipboard exists on secure pages only; elsewhere the citation is selected by one click.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button, document.getElementById(button.dataset.copies)));
  }
}

// A result leads to /d/document/id#id, so that every browser scrolls there. What is copied from the
// address bar should be the address alone.
window.addEventListener("load", () => {
  const cited = document.querySelector(".cited[id]");
  if (cited && location.hash === "#" + cited.id) {
    history.replaceState(null, "", location.pathname);
  }
});
