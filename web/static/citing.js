// Citations as the server gives them, in the style that the reader chose last.

const KEY = "pilcrow.style"; // in this browser alone

/** The style that was chosen, or an empty string. */
export const chosen = () => {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch { // storage is turned off
    return "";
  }
};

/** Remembers a style. */
export const choose = (style) => {
  try {
    localStorage.setItem(KEY, style);
  } catch { // it is asked for again the next time
  }
};

/** The citation of the paragraph whose citations are at `address`, as `form`: text or markdown. */
export const cited = async (address, form = "text") => {
  const style = chosen();
  let answer = await fetch(`${address}?style=${encodeURIComponent(style || "plain")}&format=${form}`);
  if (answer.status === 404 && style) { // a style that there is no longer
    answer = await fetch(`${address}?style=plain&format=${form}`);
  }
  if (!answer.ok) throw new Error(`the citation cannot be had: ${answer.status}`);
  return answer.text();
};
