"""Quotations are checked before a real browser: pasted, sent as a file, read without scripts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.conftest import Keep
from tests.helpers.serving import served
from tests.test_browser import browser, chrome, log, screen, without_scripts
from tests.test_browser_access import AXE, OPEN, RUN, SMALL
from tests.test_checking import FILES

pytestmark = pytest.mark.slow

__all__ = ["browser", "chrome"]

DRAFT = (
    "In resolution 1591 (2005) “there can be … military solution to the conflict”, and «على أهمية "
    "التعاون الكامل بين حكومة» and “the price of fish in Iceland has risen by a quarter”; also "
    "“Decides, in light of the failure of every party to fulfil its commitments”."
)


@pytest.fixture(scope="module")
def address(kept: Keep) -> Iterator[str]:
    with served(kept(FILES)) as place:
        yield place


def texts(browser: webdriver.Chrome, css: str) -> list[str]:
    return [each.text for each in browser.find_elements(By.CSS_SELECTOR, css)]


def paste(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address)
    browser.find_element(By.LINK_TEXT, "Check quotations").click()
    browser.find_element(By.ID, "_text").send_keys(DRAFT)
    submit(browser)


def submit(browser: webdriver.Chrome) -> None:
    browser.find_element(By.CSS_SELECTOR, ".check button").click()
    wait(browser, lambda: browser.title.startswith("Quotations checked"))


def wait(browser: webdriver.Chrome, condition: Callable[[], object]) -> None:
    WebDriverWait(browser, 60).until(lambda _: condition())


def test_a_pasted_text_is_checked_and_leads_to_the_paragraph(
    browser: webdriver.Chrome, address: str
) -> None:
    paste(browser, address)
    verdicts = ["1 Shortened", "2 As written", "3 Not in this corpus", "4 Altered"]
    assert texts(browser, ".verdict") == verdicts
    assert texts(browser, ".loud") == [
        "What is left out denies: “no”.",
        "The citation “1591 (2005)” names a document that is not in this collection.",
    ]
    assert "no" in texts(browser, "del.cut.denies")[0]
    browser.find_element(By.CSS_SELECTOR, "#_q1 .meta a").click()
    wait(browser, lambda: browser.current_url.startswith(f"{address}/d/1591/para-1"))
    assert not log(browser)


def test_a_file_is_checked(browser: webdriver.Chrome, address: str, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(f"# Draft\n\n{DRAFT}\n", encoding="utf-8")
    browser.get(address + "/check")
    browser.find_element(By.ID, "_file").send_keys(str(draft))
    submit(browser)
    assert len(texts(browser, ".verdict")) == 4


def test_without_scripts_it_is_the_same(browser: webdriver.Chrome, address: str) -> None:
    with without_scripts(browser):
        paste(browser, address)
        assert len(texts(browser, ".verdict")) == 4


def test_axe_finds_nothing_in_what_was_found(browser: webdriver.Chrome, address: str) -> None:
    for width, colours in ((1280, "light"), (360, "dark")):
        screen(browser, width)
        media = {"features": [{"name": "prefers-color-scheme", "value": colours}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        paste(browser, address)
        browser.execute_script(OPEN)
        browser.execute_script(AXE)
        assert browser.execute_async_script(RUN) == []
    assert browser.execute_script(SMALL) == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 360
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
