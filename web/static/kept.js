// The page of what is kept: shown, given up, and taken along as JSON or Markdown with citations.
import { say } from "./clipboard.js";
import { cited } from "./citing.js";
import { drop, kept } from "./keeping.js";

const page = document.getElementById("_kept");
const root = page.dataset.root;
const whole = (address) => root + address;

// What is kept is data: only addresses of this service become links.
const local = (address) => address.startsWith("/") && !address.startsWith("//");

const row = (name, item, text, more) => {
  const made = document.createElement("li");
  const link = document.createElement("a");
  if (local(item.address)) link.href = item.address;
  link.dir = "auto";
  link.textContent = text;
  made.append(link);
  if (more) {
    const words = document.createElement("p");
    words.className = "text";
    words.dir = "auto";
    words.textContent = more;
    made.append(words);
  }
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "keep-it";
  remove.textContent = "Remove";
  remove.setAttribute("aria-label", `Remove ${text}`);
  remove.addEventListener("click", () => {
    drop(name, item.address);
    show();
    document.getElementById("_main").focus();
  });
  made.append(remove);
  return made;
};

const fill = (name, items, text) => {
  const section = document.getElementById(`_${name}`);
  const list = section.querySelector("ul");
  list.replaceChildren(...items.map((item) => row(name, item, text(item), item.words)));
  section.hidden = !items.length;
};

const show = () => {
  const all = kept();
  fill("searches", all.searches, (each) => each.query ?? each.address);
  fill("paragraphs", all.paragraphs, (each) => each.title || each.address);
  const is_empty = !all.searches.length && !all.paragraphs.length;
  document.getElementById("_nothing").hidden = !is_empty;
  document.getElementById("_take").hidden = is_empty;
};

const MISSING = "The citation cannot be had now";

const citations = async (form) => {
  const found = [];
  for (const item of kept().paragraphs) {
    let citation = MISSING;
    try {
      if (local(item.address)) citation = (await cited(`${item.address}/cite`, form)).trim();
    } catch { // the address stands beside it
    }
    found.push({ ...item, address: whole(item.address), citation });
  }
  return found;
};

const searches = () => kept().searches.map((item) => ({ ...item, address: whole(item.address) }));

const escape = (text) =>
  text.replace(/[\\`*_{}[\]<>#|~&!]/g, "\\$&").replace(/^(\s*)([-+=])/gm, "$1\\$2").replace(/^(\s*\d+)([.)])/gm, "$1\\$2");

const quoted = (text) => escape(text).split("\n").map((line) => `> ${line.trim()}`.trimEnd()).join("\n");

const FORMS = {
  async json() {
    const all = { made: new Date().toISOString(), searches: searches(), paragraphs: await citations("text") };
    return new Blob([JSON.stringify(all, null, 2) + "\n"], { type: "application/json" });
  },
  async md() {
    const parts = ["# Kept in Pilcrow\n"];
    const asked = searches();
    if (asked.length) parts.push("## Searches\n", asked.map((each) => `- [${escape(each.query ?? each.address)}](<${each.address}>)`).join("\n") + "\n");
    const clipped = await citations("markdown");
    if (clipped.length) parts.push("## Paragraphs\n");
    for (const each of clipped) {
      const citation = each.citation === MISSING ? `${MISSING}: <${each.address}>` : each.citation;
      parts.push(`${quoted(each.words ?? "")}\n>\n> — ${citation}\n`);
    }
    return new Blob([parts.join("\n")], { type: "text/markdown" });
  },
};

for (const button of page.querySelectorAll("[data-form]")) {
  button.addEventListener("click", async () => {
    const form = button.dataset.form;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await FORMS[form]());
    link.download = `pilcrow-kept.${form}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    say(button, "Made");
  });
}

document.getElementById("_needs").hidden = true;
page.hidden = false;
addEventListener("storage", show);
show();
