// Files are sent one by one, with their progress on show, and the page stays where it is. The page
// that comes back is the one that a browser without scripts would show; its parts are taken over.
"use strict";

const form = document.getElementById("_send");
const input = document.getElementById("_files");
const sending = document.getElementById("_sending");
const announce = (text) => { document.getElementById("_status").textContent = text; };

const megabytes = (bytes) => Math.round(bytes / 1e6);

// Takes over what waits from a page, or says why that page has nothing.
const takeOver = (page) => {
  const cards = page.getElementById("_cards");
  if (!cards) {
    const said = [...page.querySelectorAll("main h1, main .prose")].map((each) => each.textContent);
    throw new Error(said.join(". ") || "The server is busy; try again.");
  }
  document.getElementById("_cards").replaceWith(document.adoptNode(cards));
  announce(page.getElementById("_status").textContent);
};

const lineFor = (file) => {
  const line = document.createElement("li");
  const name = document.createElement("span");
  const bar = document.createElement("progress");
  const state = document.createElement("p");
  name.textContent = file.name;
  bar.setAttribute("aria-label", `Progress of ${file.name}`);
  bar.value = 0;
  state.className = "state";
  state.textContent = "waiting";
  line.append(name, bar, state);
  sending.append(line);
  return { line, bar, state };
};

const refuse = ({ line, bar, state }, reason) => {
  bar.remove();
  state.className = "state problem";
  state.textContent = reason;
  const done = document.createElement("button");
  done.type = "button";
  done.className = "quiet";
  done.textContent = "Take off this list";
  done.addEventListener("click", () => line.remove());
  line.append(done);
};

const post = (file, folder, { bar, state }) => new Promise((resolve, reject) => {
  const data = new FormData();
  data.append("csrf_token", form.elements.csrf_token.value);
  data.append("folder", folder);
  data.append("file", file);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.responseType = "document";
  request.upload.addEventListener("progress", (event) => {
    bar.value = event.loaded / event.total;
    state.textContent = `${megabytes(event.loaded)} of ${megabytes(event.total)} MB sent`;
  });
  request.upload.addEventListener("load", () => {
    bar.removeAttribute("value");
    state.textContent = "reading…";
  });
  request.addEventListener("load", () => resolve(request));
  request.addEventListener("error", () => reject(new Error("The connection broke off; send it again.")));
  request.send(data);
});

const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

// The page that a request is answered with, asked again while too many are sending.
const patiently = async (ask) => {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask();
    const wait = answer.status === 503 && tries < 20 && Number(answer.getResponseHeader("Retry-After"));
    if (!wait) return answer.response;
    await pause(wait);
  }
};

const sendOne = async (file, folder, shown) => {
  try {
    if (file.size > Number(form.dataset.largest)) throw new Error(`larger than ${megabytes(form.dataset.largest)} MB`);
    shown.state.textContent = "sending…";
    takeOver(await patiently(() => post(file, folder, shown)));
    shown.line.remove();
  } catch (error) {
    refuse(shown, error.message);
    announce(`${file.name}: ${error.message}`);
  }
};

let turn = Promise.resolve(); // of the file that is being sent
const send = (files) => {
  const folder = form.elements.folder.value;
  announce(files.length === 1 ? `${files[0].name} is being sent.` : `${files.length} files are being sent.`);
  for (const file of files) {
    const shown = lineFor(file);
    turn = turn.then(() => sendOne(file, folder, shown));
  }
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send([...input.files]);
  input.value = "";
});

for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => event.preventDefault()); // a file that misses is not opened
}
form.addEventListener("dragover", () => form.classList.add("over"));
form.addEventListener("dragleave", () => form.classList.remove("over"));
form.addEventListener("drop", (event) => {
  form.classList.remove("over");
  if (event.dataTransfer.files.length) send([...event.dataTransfer.files]);
});

const decide = async (cards, button) => {
  const data = new FormData(cards, button);
  for (const each of cards.querySelectorAll("button")) each.disabled = true;
  announce(button.name === "keep" ? "Keeping, and bringing the index up to date…" : "Discarding…");
  try {
    const answer = await fetch(cards.action, { method: "POST", body: data });
    takeOver(new DOMParser().parseFromString(await answer.text(), "text/html"));
    document.getElementById("_sent")?.focus();
  } catch (error) {
    for (const each of cards.querySelectorAll("button")) each.disabled = false;
    announce(error.message);
  }
};

document.addEventListener("submit", (event) => {
  if (event.target.id !== "_cards") return;
  event.preventDefault();
  decide(event.target, event.submitter);
});

window.addEventListener("beforeunload", (event) => {
  if (sending.querySelector("progress")) event.preventDefault();
});

document.querySelector(".scripted").hidden = false;
