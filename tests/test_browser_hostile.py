"""A real browser before what hostile authors wrote, without the policy that would hold it too."""

from collections.abc import Iterator

import pytest
from selenium import webdriver

from indexer.library import Library
from tests.helpers.serving import served
from tests.helpers.vectors import HOST, VECTORS
from tests.test_browser import browser, chrome

__all__ = ["browser", "chrome"]

pytestmark = pytest.mark.slow

CANARY = """
window.calls = 0;
window.pwned = () => { window.calls += 1; };
window.alert = window.confirm = window.prompt = window.MsgBox = window.pwned;
"""
SEEN = """
const done = arguments[arguments.length - 1];
setTimeout(() => {
  const elements = [...document.querySelectorAll("*")];
  const asked = performance.getEntriesByType("resource").map((each) => each.name);
  done({
    calls: window.calls,
    handlers: elements.flatMap((e) => [...e.attributes].map((a) => a.name))
      .filter((name) => name.startsWith("on")),
    scripts: [...document.scripts].map((e) => e.src || e.text)
      .filter((src) => !src.startsWith(location.origin + "/static/")),
    schemes: elements.map((e) => e.href ?? e.action ?? e.src).filter((a) => typeof a === "string")
      .filter((a) => a && !/^https?:/.test(a)),
    elsewhere: asked.filter((name) => !name.startsWith(location.origin)),
    where: location.origin,
  });
}, 50);
"""
PLACES = (
    *("/", "/documents", "/documents?page=2", "/coverage", "/formulas", "/d/all", "/d/all@1"),
    *("/search?q=lamp&size=100", "/search?q=lamp&size=100&page=2", "/search?q=lamp&view=lines"),
    *("/compare?from=all@1&to=all@2", "/d/all/p1/cite", "/d/all/p1/history", "/d/all/p1/wording"),
    *("/search/values?q=lamp&of=publisher", "/nothing", "/kept", "/check"),
)


@pytest.fixture(scope="module")
def address(hostile: Library) -> Iterator[str]:
    with served(hostile) as place:
        yield place


@pytest.fixture
def bare(browser: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """A browser that obeys no policy, with `pwned` in every page."""
    added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": CANARY})
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    yield browser
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def assert_harmless(browser: webdriver.Chrome, address: str, place: str) -> None:
    browser.get(address + place)
    seen = browser.execute_async_script(SEEN)
    found = {name: value for name, value in seen.items() if value and name != "where"}
    assert (place, found, seen["where"]) == (place, {}, address)


def test_the_canary_sings(bare: webdriver.Chrome) -> None:
    """It would be seen if a place did not escape."""
    for name in ("image error", "svg load", "focus", "details", "script"):
        bare.get(f"data:text/html,{VECTORS[name].replace('#', '%23')}")
        assert bare.execute_async_script(SEEN)["calls"] >= 1, name


def test_no_page_runs_what_documents_say(bare: webdriver.Chrome, address: str) -> None:
    for place in PLACES:
        assert_harmless(bare, address, place)


def test_the_policy_would_hold_a_script_too(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/nothing")
    browser.execute_script(CANARY)
    browser.execute_script(
        "document.body.insertAdjacentHTML('beforeend', arguments[0])",
        "".join(VECTORS[name] for name in ("image error", "svg load", "image that leaks")),
    )
    seen = browser.execute_async_script(SEEN)
    assert seen["calls"] == 0
    assert [each for each in seen["elsewhere"] if HOST in each] == []


def test_no_page_of_any_document_or_query_runs_anything(
    bare: webdriver.Chrome, address: str, hostile: Library
) -> None:
    for document in hostile.newest(1_000):
        for place in ("", "/p1/history", "/p1/cite", "/p1@1"):
            assert_harmless(bare, address, f"/d/{document.slug}{place}")
