"""From a hit to the same text in another language, in a browser."""

from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from indexer.config import Settings
from tests.helpers.inline import open_inline
from tests.helpers.serving import served
from tests.test_browser import browser, chrome, screen
from tests.test_works import FILES, SIDECARS

pytestmark = pytest.mark.slow

__all__ = ["browser", "chrome"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("beside")
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in FILES.items():
        (corpus / name).write_text(text, encoding="utf-8")
        (corpus / f"{name}.meta.yaml").write_text(SIDECARS[name], encoding="utf-8")
    with open_inline(Settings(corpus, folder / "data")) as library:
        library.maintenance.sync()
        with served(library) as place:
            yield place


def test_search_in_one_read_in_two(browser: webdriver.Chrome, address: str) -> None:
    screen(browser, 1280)
    browser.get(f"{address}/search?q=2031+lang:en")
    browser.find_element(By.LINK_TEXT, "français").click()
    left, right = browser.find_elements(By.CSS_SELECTOR, ".here .version")
    assert "Decides to meet in 2031" in left.text
    assert "Décide de se réunir en 2031" in right.text
    assert left.rect["x"] + left.rect["width"] <= right.rect["x"]
    screen(browser, 360)
    assert left.rect["y"] + left.rect["height"] <= right.rect["y"]


def test_a_paragraph_is_one_click_from_the_same_in_another_language(
    browser: webdriver.Chrome, address: str
) -> None:
    screen(browser, 1280)
    browser.get(f"{address}/d/en")
    browser.find_element(By.CSS_SELECTOR, "#para-1 .text").click()
    browser.find_element(By.CSS_SELECTOR, "#para-1 .codes").find_element(By.LINK_TEXT, "fr").click()
    assert browser.current_url.partition("#")[0] == f"{address}/d/fr/para-1"
    assert browser.find_element(By.CSS_SELECTOR, ".cited").get_attribute("id") == "para-1"


def test_the_other_document_is_asked_for_by_its_symbol(
    browser: webdriver.Chrome, address: str
) -> None:
    screen(browser, 360)
    browser.get(f"{address}/d/en")
    browser.find_element(By.XPATH, "//summary[.='Compare with another document']").click()
    field = browser.find_element(By.CSS_SELECTOR, ".compare [name=to]")
    field.send_keys("A/RES/1/8", Keys.ENTER)
    WebDriverWait(browser, 20).until(lambda _: "/compare?" in browser.current_url)
    assert browser.find_element(By.TAG_NAME, "h1").text == "A/RES/1/7 and A/RES/1/8"
    assert "Decides nothing." in browser.find_element(By.CSS_SELECTOR, ".reading").text
