"""What a reader keeps, in a real browser: searches and paragraphs, and files of them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By

from indexer.config import Settings
from tests.helpers.inline import open_inline
from tests.helpers.serving import served
from tests.test_browser import browser, chrome, log, wait, without_scripts

pytestmark = pytest.mark.slow

__all__ = ["browser", "chrome"]

GATE = (
    "The Gate of the Canal\n\n1. The gate *opens* at dawn, and the keeper lights the <lamp>.\n\n"
    "2. The gate closes at nightfall.\n"
)
FOUND = "/search?q=gate"
PUBLIC = "https://library.example.org"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("kept")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "gate.txt").write_text(GATE, encoding="utf-8")
    settings = Settings(corpus=folder / "corpus", data=folder / "data", public_url=PUBLIC)
    with open_inline(settings) as library:
        library.maintenance.sync()
        with served(library) as place:
            yield place


@pytest.fixture
def fresh(browser: webdriver.Chrome, address: str) -> webdriver.Chrome:
    """A browser that has kept nothing."""
    browser.get(address)
    browser.execute_script("localStorage.clear()")
    log(browser)
    return browser


def texts(browser: webdriver.Chrome, css: str) -> list[str]:
    return [each.text for each in browser.find_elements(By.CSS_SELECTOR, css)]


def keep(browser: webdriver.Chrome, address: str, *css: str) -> None:
    browser.get(address + FOUND)
    wait(browser, lambda: bool(browser.find_elements(By.CSS_SELECTOR, ".keep-search button")))
    for each in css:
        browser.find_element(By.CSS_SELECTOR, each).click()


def file_of(browser: webdriver.Chrome, folder: Path, form: str) -> str:
    folder.mkdir()
    where = {"behavior": "allow", "downloadPath": str(folder)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", where)
    browser.find_element(By.CSS_SELECTOR, f"[data-form={form}]").click()
    file = folder / f"pilcrow-kept.{form}"
    wait(browser, file.exists)
    return file.read_text(encoding="utf-8")


def test_what_is_kept_is_on_its_page_and_can_be_given_up(
    fresh: webdriver.Chrome, address: str
) -> None:
    keep(fresh, address, ".keep-search button", ".result .keep-it")
    assert texts(fresh, ".keep-search button") == ["Kept"]
    assert texts(fresh, ".result .keep-it").count("Kept") == 1
    fresh.refresh()
    assert texts(fresh, ".keep-search button") == ["Kept"]
    fresh.get(address + "/kept")
    assert texts(fresh, "#_searches a") == ["gate"]
    (title,) = texts(fresh, "#_paragraphs a")
    assert title.startswith("The Gate of the Canal")
    assert len(texts(fresh, "#_paragraphs .text")) == 1
    fresh.find_element(By.CSS_SELECTOR, "#_paragraphs a").click()
    wait(fresh, lambda: "/d/gate/para-" in fresh.current_url)
    fresh.get(address + "/kept")
    for css in ("#_searches .keep-it", "#_paragraphs .keep-it"):
        fresh.find_element(By.CSS_SELECTOR, css).click()
    assert texts(fresh, "#_nothing") == ["Nothing is kept yet."]
    assert not fresh.find_element(By.ID, "_take").is_displayed()
    assert log(fresh) == []


def test_a_second_click_gives_it_up(fresh: webdriver.Chrome, address: str) -> None:
    keep(fresh, address, ".keep-search button", ".keep-search button")
    assert texts(fresh, ".keep-search button") == ["Keep this search"]


def test_a_paragraph_is_kept_by_a_key_while_it_is_read(
    fresh: webdriver.Chrome, address: str
) -> None:
    fresh.get(address + "/d/gate/para-2")
    wait(fresh, lambda: bool(fresh.find_elements(By.CSS_SELECTOR, ".cited")))
    ActionChains(fresh).send_keys("s").perform()
    wait(fresh, lambda: texts(fresh, ".tools [role=status]") == ["Kept"])
    fresh.get(address + "/kept")
    assert texts(fresh, "#_paragraphs a") == ["The Gate of the Canal, 2."]
    assert texts(fresh, "#_paragraphs .text") == ["The gate closes at nightfall."]


def test_results_are_kept_by_a_key(fresh: webdriver.Chrome, address: str) -> None:
    fresh.get(address + FOUND)
    wait(fresh, lambda: bool(fresh.find_elements(By.CSS_SELECTOR, ".result .keep-it")))
    ActionChains(fresh).send_keys("j", "j", "s").perform()
    assert texts(fresh, ".result .keep-it") == ["Keep", "Kept"]


def test_it_is_taken_along_with_citations(
    fresh: webdriver.Chrome, address: str, tmp_path: Path
) -> None:
    fresh.get(address + "/d/gate/para-1")
    wait(fresh, lambda: bool(fresh.find_elements(By.CSS_SELECTOR, ".cited")))
    ActionChains(fresh).send_keys("s").perform()
    wait(fresh, lambda: texts(fresh, ".tools [role=status]") == ["Kept"])
    keep(fresh, address, ".keep-search button")
    fresh.get(address + "/kept")
    made = json.loads(file_of(fresh, tmp_path / "json", "json"))
    assert [each["address"] for each in made["searches"]] == [PUBLIC + FOUND]
    (paragraph,) = made["paragraphs"]
    assert paragraph["address"] == f"{PUBLIC}/d/gate/para-1@1"
    assert "“The Gate of the Canal”, ¶ 1" in paragraph["citation"]
    assert paragraph["words"].startswith("The gate *opens* at dawn")
    markdown = file_of(fresh, tmp_path / "md", "md")
    assert f"- [gate](<{PUBLIC}{FOUND}>)" in markdown
    assert r"> The gate \*opens\* at dawn, and the keeper lights the \<lamp\>." in markdown
    assert f"{PUBLIC}/d/gate/para-1@1" in markdown.rpartition("> — ")[2]
    assert log(fresh) == []


def test_the_page_explains_itself_without_scripts(fresh: webdriver.Chrome, address: str) -> None:
    with without_scripts(fresh):
        fresh.get(address + "/kept")
        assert "must run JavaScript" in fresh.find_element(By.ID, "_needs").text
        assert not fresh.find_element(By.ID, "_kept").is_displayed()
        fresh.get(address + FOUND)
        assert not fresh.find_elements(By.CLASS_NAME, "keep-it")


@pytest.mark.parametrize("stored", ["{", "[]", '{"searches": 3, "paragraphs": [null, {"a": 1}]}'])
def test_what_others_have_stored_breaks_nothing(
    fresh: webdriver.Chrome, address: str, stored: str
) -> None:
    fresh.execute_script("localStorage.setItem('pilcrow.kept', arguments[0])", stored)
    fresh.get(address + "/kept")
    assert texts(fresh, "#_nothing") == ["Nothing is kept yet."]
    evil = [{"address": "javascript:alert(1)", "title": "<b>x</b>", "words": "<i>y</i>"}]
    kept = json.dumps({"searches": [], "paragraphs": evil})
    fresh.execute_script("localStorage.setItem('pilcrow.kept', arguments[0])", kept)
    fresh.refresh()
    (link,) = fresh.find_elements(By.CSS_SELECTOR, "#_paragraphs li a")
    assert link.text == "<b>x</b>"
    assert link.get_attribute("href") is None
