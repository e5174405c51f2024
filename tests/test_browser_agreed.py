"""From a paragraph to its wording through the years, in a browser."""

from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from indexer.config import Settings
from tests.helpers.inline import open_inline
from tests.helpers.serving import served
from tests.test_agreed import FILES
from tests.test_browser import browser, chrome, screen

pytestmark = pytest.mark.slow

__all__ = ["browser", "chrome"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("agreed")
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in FILES.items():
        (corpus / name).write_text(text, encoding="utf-8")
    with open_inline(Settings(corpus, folder / "data")) as library:
        library.maintenance.sync()
        with served(library) as place:
            yield place


def test_who_dropped_a_paragraph_is_two_clicks_away(
    browser: webdriver.Chrome, address: str
) -> None:
    screen(browser, 1280)
    browser.get(f"{address}/d/one/para-3")
    browser.find_element(By.LINK_TEXT, "This wording since 2004").click()
    assert "Resolution 3 dropped the wording." in browser.find_element(By.TAG_NAME, "main").text
    browser.find_element(By.CSS_SELECTOR, ".near a").click()
    assert browser.find_element(By.CSS_SELECTOR, ".cited").get_attribute("id") == "para-3"
    assert "/d/three/para-3" in browser.current_url


def test_rewordings_are_marked_and_fit_a_narrow_screen(
    browser: webdriver.Chrome, address: str
) -> None:
    screen(browser, 360)
    browser.get(f"{address}/formulas")
    browser.find_element(By.PARTIAL_LINK_TEXT, "Decides to extend the mandate").click()
    marks = browser.find_elements(By.CSS_SELECTOR, ".wording del, .wording ins")
    assert [mark.text for mark in marks] == ["2004", "2005", "2005", "2006"]
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    assert wide <= 360
