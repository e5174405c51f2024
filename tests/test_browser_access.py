"""Every kind of page before axe, on a wide screen and a narrow one, by day and by night."""

from collections.abc import Iterator
from importlib.resources import files
from itertools import product

import pytest
from selenium import webdriver

from indexer.config import Settings
from indexer.credentials import Tokens
from tests.helpers.inline import open_inline
from tests.helpers.serving import served
from tests.test_browser import browser, chrome, screen

__all__ = ["browser", "chrome"]

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """
const done = arguments[0];
axe.run(document, {resultTypes: ["violations"]}).then((found) => done(
  found.violations.map((each) => [each.id, each.nodes.map((node) => node.html.slice(0, 160))])));
"""
# Of what can be pressed: that which is smaller than 24 × 24 and stands in no sentence (WCAG 2.5.8).
SMALL = """
const inSentence = (each) => {
  if (getComputedStyle(each).display !== "inline") return false;
  return [...each.closest("p, li, dd, td, th, div, blockquote")?.childNodes ?? []].some(
    (node) => node.nodeType === 3 && /[\\p{L}\\p{N}]/u.test(node.data));
};
const pressed = "a[href], button, summary, input, select, textarea";
return [...document.querySelectorAll(pressed)].filter((each) => {
  const { width, height } = each.getBoundingClientRect();
  if (!each.checkVisibility({ visibilityProperty: true }) || each.type === "hidden") return false;
  if (each.closest(".unseen, .skip, svg")) return false;
  return (width < 24 || height < 23.5) && !inSentence(each);
}).map((each) => {
  const { width, height } = each.getBoundingClientRect();
  return `${Math.round(width)} × ${Math.round(height)}: ${each.outerHTML.slice(0, 120)}`;
});
"""
OPEN = "for (const each of document.querySelectorAll('details')) each.open = true"

PLACES = {
    "home": "/",
    "documents": "/documents",
    "results": "/search?q=harbours+ships",
    "partial results": "/search?q=harbours+whales",
    "nothing": "/search?q=xyzzy",
    "lines": "/search?q=harbours&view=lines",
    "values": "/search/values?q=harbours&of=document",
    "reading": "/d/harbours",
    "reading with hits": "/d/harbours?q=ships",
    "cited": "/d/harbours/p3?q=ships",
    "arabic": "/d/arabic",
    "code": "/d/code",
    "edition": "/d/gate@1",
    "compared": "/d/gate/para-1@1",
    "history": "/d/gate/para-1/history",
    "beside": "/beside/harbours/havres?at=para-1",
    "documents compared": "/compare?from=gate&to=harbours",
    "compare": "/compare?from=nowhere&to=gate",
    "wording": "/d/gate/para-1/wording",
    "related": "/d/harbours/para-1/related",
    "formulas": "/formulas",
    "editions": "/compare?from=gate@1&to=gate@2",
    "cite": "/d/gate/para-1@1/cite",
    "retired": "/d/gate/para-2",
    "gone": "/d/gone",
    "help": "/help",
    "check": "/check",
    "coverage": "/coverage",
    "api": "/api",
    "error": "/nowhere",
    "sign in": "/upload",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("access")
    corpus = folder / "corpus"
    corpus.mkdir()
    chapters = "\n\n".join(
        f"## Chapter {n}\n\nShips of chapter {n} lie in harbours.\n\n1. Ropes.\n2. Lamps."
        for n in range(1, 9)
    )
    texts = {
        "harbours.md": f"# Harbours\n\n{chapters}\n\nA note.[^1]\n\n[^1]: On ropes.\n",
        "harbours.md.meta.yaml": "publisher: Office of Ports\ndate: 1998\ntags: [ports]\n"
        "work: Ports\nlanguage: en\n",
        "havres.txt": "Les havres\n\nLes navires.\n\n1. Cordes.\n\n2. Lampes.",
        "havres.txt.meta.yaml": "work: ports\nlanguage: fr\n",
        "lamps.txt": "On Lamps\n\n1. Lamps of harbours.\n\n2. Oil.",
        "lamps.txt.meta.yaml": "publisher: Office of Lights\ndate: 2004\nlanguage: fr\n",
        "arabic.txt": "1. تلتزم الدول بحماية الموانئ.\n\n2. تحمي الدول السفن.",
        "code.md": "# Code\n\n```\n" + "wide " * 80 + "\n```\n",
        "gone.txt": "Gone\n\n1. A word.",
        "gate.txt": "On Gates\n\n1. The gate opens at dawn.\n\n2. Nobody swims.",
    }
    Tokens(folder / "data").make("one")
    with open_inline(Settings(corpus, folder / "data")) as library:
        for name, text in texts.items():
            (corpus / name).write_text(text, encoding="utf-8")
        library.maintenance.sync()
        (corpus / "gone.txt").unlink()
        (corpus / "gate.txt").write_text("On Gates\n\n1. The gate opens at noon.")
        library.maintenance.sync()
        with served(library) as place:
            yield place


COLOURS = (
    ("prefers-color-scheme", "light"),
    ("prefers-color-scheme", "dark"),
    ("forced-colors", "active"),
)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing(browser: webdriver.Chrome, address: str, place: str) -> None:
    for width, (name, value) in product((1280, 360), COLOURS):
        screen(browser, width)
        media = {"features": [{"name": name, "value": value}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        browser.get(address + PLACES[place])
        browser.execute_script(OPEN)
        browser.execute_script(AXE)
        assert browser.execute_async_script(RUN) == [], (width, value)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_on_a_phone_all_can_be_touched_and_nothing_is_cut(
    browser: webdriver.Chrome, address: str, place: str
) -> None:
    screen(browser, 360)
    browser.get(address + PLACES[place])
    browser.execute_script(OPEN)
    small = browser.execute_script(SMALL)
    assert not small, "\n".join(small)
    wide = "return document.documentElement.scrollWidth"
    assert browser.execute_script(wide) <= 360
    browser.execute_script("document.documentElement.style.fontSize = '200%'")
    assert browser.execute_script(wide) <= 360 or place == "lines"
