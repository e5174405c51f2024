// The address and the citation of a paragraph, as the server gives them.

const { edition } = document.getElementById("_reading").dataset;
const { origin } = new URL(document.querySelector("link[rel=canonical]").href);

/** The whole address of a paragraph in the edition that is shown. */
export const whole = (passage) => {
  const { pathname } = passage.querySelector(".pin");
  return origin + (pathname.includes("@") ? pathname : pathname + "@" + edition);
};

/** The citation of a paragraph. */
export const cited = async (passage) => {
  const shown = passage.querySelector("#_citation");
  if (shown) return shown.textContent.trim();
  const answer = await fetch(passage.querySelector(".pin").href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.getElementById("_citation").textContent.trim();
};
