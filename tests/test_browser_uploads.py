"""The upload page before a real browser: with scripts, by dropping files, and without."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait
from werkzeug.serving import make_server

from indexer.config import Settings
from indexer.credentials import Tokens
from indexer.library import open_library
from tests.conftest import put
from tests.test_browser import browser, chrome, log, screen, without_scripts
from web.app import create_app

pytestmark = pytest.mark.slow

__all__ = ["browser", "chrome"]

NOTE = "Note on Lamps\n\n1. Lamps burn all night long.\n\n2. Oil is dear.\n\n3. Boats come.\n"
DROP = """
const files = new DataTransfer();
for (const [name, text] of arguments[0]) files.items.add(new File([text], name));
for (const kind of ["dragover", "drop"]) {
  document.getElementById("_send").dispatchEvent(
    new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
}
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Where a server with one document listens, and a token for it."""
    folder = tmp_path_factory.mktemp("uploads")
    put(folder / "corpus", "note.txt", NOTE.encode())
    settings = Settings(corpus=folder / "corpus", data=folder / "data", max_file_mb=1)
    with open_library(settings) as library:
        library.maintenance.sync()
        token = Tokens(settings.data).make("one")
        server = make_server("127.0.0.1", 0, create_app(library), threaded=True)
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.port}", token
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def signed_in(browser: webdriver.Chrome, place: tuple[str, str]) -> webdriver.Chrome:
    address, token = place
    browser.get(address + "/upload")
    browser.delete_all_cookies()
    browser.get(address)
    browser.find_element(By.LINK_TEXT, "Add documents").click()
    browser.find_element(By.ID, "_token").send_keys(token)
    browser.find_element(By.CSS_SELECTOR, ".signing button").click()
    until(browser, lambda: found(browser, "#_files"))
    return browser


def until(browser: webdriver.Chrome, condition: Callable[[], object]) -> None:
    WebDriverWait(browser, 60).until(lambda _: condition())


def found(browser: webdriver.Chrome, css: str) -> list[WebElement]:
    return browser.find_elements(By.CSS_SELECTOR, css)


def status(browser: webdriver.Chrome) -> str:
    return browser.find_element(By.ID, "_status").text


def choose(browser: webdriver.Chrome, *paths: Path) -> None:
    browser.find_element(By.ID, "_files").send_keys("\n".join(map(str, paths)))
    browser.find_element(By.CSS_SELECTOR, "#_send button").click()


def test_documents_are_dropped_looked_at_kept_and_discarded(
    signed_in: webdriver.Chrome, place: tuple[str, str]
) -> None:
    page = signed_in
    log(page)
    ropes = "On Ropes\n\n11 August 2020\n\n1. Ropes hold.\n"
    files = [("note.txt", NOTE + "\n4. Gulls cry.\n"), ("ropes.txt", ropes)]
    files += [("large.txt", "x" * 1_000_001), ("a.exe", "x")]
    page.execute_script(DROP, files)
    until(page, lambda: not found(page, "#_sending progress"))
    assert [line.text.split("\n")[0] for line in found(page, "#_sending li")] == ["large.txt"]
    assert "larger than 1 MB" in found(page, "#_sending li")[0].text
    assert "of its paragraphs 3 stay and 0 change, 1 come" in found(page, "#_cards")[0].text
    page.refresh()
    assert status(page) == "2 documents to keep or to discard. 1 file refused."
    found(page, ".card button[name=keep][aria-label='Keep On Ropes']")[0].click()
    until(page, lambda: "1 document kept." in status(page))
    assert page.switch_to.active_element == page.find_element(By.ID, "_sent")
    found(page, "button[name=discard][value=all]")[0].click()
    until(page, lambda: not found(page, ".card"))
    page.get(place[0] + "/d/ropes")
    assert "Ropes hold." in page.find_element(By.TAG_NAME, "main").text
    assert log(page) == []


def test_the_page_works_without_scripts(
    signed_in: webdriver.Chrome, tmp_path: Path, place: tuple[str, str]
) -> None:
    page = signed_in
    paths = [
        put(tmp_path, "knots.txt", b"On Knots\n\n1. Knots hold.\n"),
        put(tmp_path, "b.txt", b""),
    ]
    with without_scripts(page):
        page.refresh()
        choose(page, *paths)
        until(page, lambda: len(found(page, ".card")) == 2)
        assert "On Knots" in found(page, ".card.waiting h3")[0].text
        assert "is empty" in found(page, ".card.refused")[0].text
        found(page, "button[name=keep]")[0].click()
        until(page, lambda: found(page, ".card.kept a"))
        assert found(page, ".card.kept a")[0].get_attribute("href") == place[0] + "/d/knots"
        found(page, "button[name=discard][value=all]")[0].click()
        until(page, lambda: not found(page, ".card"))


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_scrolls_in_one_direction_and_every_field_has_a_name(
    signed_in: webdriver.Chrome, width: int
) -> None:
    screen(signed_in, width)
    signed_in.execute_script(DROP, [("w" * 150 + ".exe", "x")])
    until(signed_in, lambda: found(signed_in, ".card"))
    needed = signed_in.execute_script("return document.documentElement.scrollWidth")
    assert needed <= width
    fields = found(signed_in, "input:not([type=hidden]), button, progress")
    assert len(fields) >= 6
    assert all(field.accessible_name for field in fields)
    found(signed_in, ".card button")[0].click()
    until(signed_in, lambda: not found(signed_in, ".card"))
