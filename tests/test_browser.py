"""A real browser before a real server: what a person sees, with scripts and without."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from indexer.config import Settings
from tests.helpers.inline import open_inline
from tests.helpers.serving import served

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP library.test 127.0.0.1",
)
INSECURE = "library.test"  # no loopback address to the browser, so that it is not taken for safe

TEXT = "Record of the Long Session\n\n" + "\n\n".join(
    f"{n}. In sitting {n} the delegates spoke of harbours, of lighthouses, and of the oil that a "
    f"lamp needs in one night; the record of it has {n} pages."
    for n in range(1, 81)
)
TIDE = f"{'Before it nothing came. ' * 30}Then the tide rose. {'After it nothing came. ' * 30}"
FAR = "/d/session/para-60"
LONG = "/search?q=%22the+tide%22"
GATE = "The gate of the canal opens at {} and closes at nightfall, in winter as in summer."
CITED = "/d/gate/p1@1"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server with one long document listens."""
    folder = tmp_path_factory.mktemp("browser")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "session.txt").write_text(TEXT, encoding="utf-8")
    (folder / "corpus" / "tide.txt").write_text(f"On Tides\n\n1. {TIDE}", encoding="utf-8")
    with open_inline(
        Settings(corpus=folder / "corpus", data=folder / "data", hosts=INSECURE)
    ) as library:
        for hour in ("dawn", "noon"):
            (folder / "corpus" / "gate.txt").write_text(GATE.format(hour), encoding="utf-8")
            library.maintenance.sync()
        with served(library) as place:
            yield place


Open = Callable[..., webdriver.Chrome]


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    missing = [str(path) for path in (CHROMIUM, DRIVER) if not shutil.which(path)]
    if missing:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse(f"needs {' and '.join(missing)}")
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options, Service(str(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chrome: webdriver.Chrome) -> webdriver.Chrome:
    chrome.get("about:blank")  # from the same page, an address with a fragment would not load
    screen(chrome, 1280)
    return chrome


def screen(browser: webdriver.Chrome, width: int) -> None:
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


@contextmanager
def without_scripts(browser: webdriver.Chrome) -> Iterator[None]:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    yield
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def is_in_view(browser: webdriver.Chrome, css: str) -> bool:
    """Whether the element's top is on the screen, as the browser itself measures it."""
    view = browser.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssVisualViewport"]
    top = browser.find_element(By.CSS_SELECTOR, css).location["y"]
    return bool(view["pageY"] <= top < view["pageY"] + view["clientHeight"])


def log(browser: webdriver.Chrome) -> list[dict[str, object]]:
    """What the browser has complained of since it was last asked."""
    return list(browser.get_log("browser"))  # type: ignore[no-untyped-call]


def wait(browser: webdriver.Chrome, condition: Callable[[], bool]) -> None:
    WebDriverWait(browser, 10).until(lambda _: condition())


def test_from_a_word_to_a_paragraph_and_its_address(
    browser: webdriver.Chrome, address: str
) -> None:
    browser.get(address)
    browser.switch_to.active_element.send_keys('"sitting 60"', Keys.ENTER)
    wait(browser, lambda: "/search" in browser.current_url)
    status = browser.find_element(By.CSS_SELECTOR, "[role=status]")
    assert status.text == "1 paragraph in 1 document"
    assert [m.text for m in browser.find_elements(By.TAG_NAME, "mark")] == ["sitting 60"]
    browser.find_element(By.CSS_SELECTOR, "article h2 a").click()
    wait(browser, lambda: browser.current_url == address + FAR)
    assert is_in_view(browser, "#para-60")


@pytest.mark.parametrize("place", [FAR, FAR + "#para-60"])
def test_passage_comes_into_view_without_scripts(
    browser: webdriver.Chrome, address: str, place: str
) -> None:
    with without_scripts(browser):
        browser.get(address + place)
        wait(browser, lambda: is_in_view(browser, "#para-60"))
        assert not is_in_view(browser, "#para-1")
        assert not browser.find_element(By.CLASS_NAME, "copy").is_displayed()


def test_search_works_without_scripts(browser: webdriver.Chrome, address: str) -> None:
    with without_scripts(browser):
        browser.get(address)
        box = browser.find_element(By.NAME, "q")
        box.send_keys("harbours")
        box.submit()
        wait(browser, lambda: "/search" in browser.current_url)
        assert "80 paragraphs" in browser.find_element(By.CSS_SELECTOR, "[role=status]").text
        assert len(browser.find_elements(By.TAG_NAME, "article")) == 10
        browser.find_element(By.LINK_TEXT, "Next").click()
        wait(browser, lambda: "page=2" in browser.current_url)


def test_a_search_is_narrowed_and_widened_without_scripts(
    browser: webdriver.Chrome, address: str
) -> None:
    with without_scripts(browser):
        browser.get(address + "/search?q=the")
        browser.find_element(By.CSS_SELECTOR, ".filters summary").click()
        browser.find_element(By.CSS_SELECTOR, ".filters").find_element(
            By.LINK_TEXT, "On Tides"
        ).click()
        wait(browser, lambda: browser.current_url == address + "/search?q=the+in%3Atide")
        assert "1 paragraph" in browser.find_element(By.CSS_SELECTOR, "[role=status]").text
        chip = browser.find_element(By.CSS_SELECTOR, ".chips a")
        assert chip.text.startswith("Document: On Tides")
        chip.click()
        wait(browser, lambda: browser.current_url == address + "/search?q=the")


@pytest.mark.parametrize("width", [390, 1280])
def test_long_paragraph_opens_without_scripts(
    browser: webdriver.Chrome, address: str, width: int
) -> None:
    screen(browser, width)
    with without_scripts(browser):
        browser.get(address + LONG)
        excerpt, whole = browser.find_elements(By.CSS_SELECTOR, "article .text")
        assert (excerpt.is_displayed(), whole.is_displayed()) == (True, False)
        assert "Then the tide rose." in excerpt.text
        browser.find_element(By.CSS_SELECTOR, "article summary").click()
        assert (excerpt.is_displayed(), whole.is_displayed()) == (False, True)
        assert whole.text == TIDE.strip()
        assert whole.find_element(By.TAG_NAME, "mark").text == "the tide"


def test_help_is_one_click_from_the_box_and_leads_to_a_search(
    browser: webdriver.Chrome, address: str
) -> None:
    browser.get(address + FAR)
    browser.find_element(By.CSS_SELECTOR, "form [aria-label='How to search']").click()
    wait(browser, lambda: browser.current_url == address + "/help")
    example = browser.find_element(By.CSS_SELECTOR, ".manual td a")
    query = example.text
    example.click()
    wait(browser, lambda: "/search" in browser.current_url)
    assert browser.find_element(By.NAME, "q").get_attribute("value") == query
    assert browser.find_elements(By.CLASS_NAME, "result")


def test_cited_passage_is_set_off(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address + FAR)
    paper = browser.find_element(By.TAG_NAME, "body").value_of_css_property("background-color")
    cited = browser.find_element(By.ID, "para-60")
    assert cited.value_of_css_property("background-image") != "none"
    assert (
        browser.find_element(By.ID, "para-61").value_of_css_property("background-image") == "none"
    )
    assert browser.switch_to.active_element == cited
    assert paper == "rgba(253, 252, 249, 1)"


def test_slash_leads_to_the_box_and_types_nothing(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address + FAR)
    browser.find_element(By.TAG_NAME, "body").send_keys("/")
    box = browser.find_element(By.NAME, "q")
    assert browser.switch_to.active_element == box
    box.send_keys("a/b")
    assert box.get_attribute("value") == "a/b"


def test_citation_is_copied_as_it_reads(browser: webdriver.Chrome, address: str) -> None:
    permissions = {
        "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"],
        "origin": address,
    }
    browser.execute_cdp_cmd("Browser.grantPermissions", permissions)
    browser.get(address + FAR)
    button = browser.find_element(By.CLASS_NAME, "copy")
    button.click()
    wait(browser, lambda: button.text == "Copied")
    copied = browser.execute_script("return navigator.clipboard.readText()")
    assert copied.startswith(f"“Record of the Long Session”, ¶ 60, {address}{FAR}@1, accessed ")


def test_citation_is_copied_on_pages_without_encryption(
    browser: webdriver.Chrome, address: str
) -> None:
    browser.get(address.replace("127.0.0.1", INSECURE) + FAR)
    assert browser.execute_script("return isSecureContext || Boolean(navigator.clipboard)") is False
    button = browser.find_element(By.CLASS_NAME, "copy")
    button.click()
    wait(browser, lambda: button.text == "Copied")
    box = browser.find_element(By.NAME, "q")
    box.send_keys(Keys.CONTROL, "v")
    assert f"{FAR}@1, accessed " in (box.get_attribute("value") or "")
    wait(browser, lambda: button.text == "Copy citation")


@pytest.mark.parametrize(("width", "is_beside"), [(390, False), (1280, True)])
def test_what_was_cited_and_what_stands_now_are_read_together(
    browser: webdriver.Chrome, address: str, width: int, is_beside: bool
) -> None:
    screen(browser, width)
    browser.get(address + CITED)
    old, new = browser.find_elements(By.CSS_SELECTOR, ".beside .text")
    assert (old.text, new.text) == (GATE.format("dawn"), GATE.format("noon"))
    assert (old.location["y"] == new.location["y"]) == is_beside
    gone, come = old.find_element(By.TAG_NAME, "del"), new.find_element(By.TAG_NAME, "ins")
    assert (gone.text, come.text) == ("dawn", "noon")
    lines = [each.value_of_css_property("text-decoration-line") for each in (gone, come)]
    assert lines == ["line-through", "underline"]


@pytest.mark.parametrize(
    "place",
    [
        *("/", "/help", FAR, "/d/x", LONG),
        *(
            "/search?q=harbours",
            "/search?q=harbours+tide+(",
            "/search?q=the+in:tide",
            "/search?q=zeppelin",
        ),
        "/search?q=" + "w" * 300,
        *(CITED, "/d/gate@1", "/d/gate/p1/history"),
    ],
)
def test_no_page_scrolls_sideways(browser: webdriver.Chrome, address: str, place: str) -> None:
    browser.get(address + place)
    for width in (1280, 768, 390, 320):
        screen(browser, width)
        needed = browser.execute_script("return document.documentElement.scrollWidth")
        assert needed <= width


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_marks_can_be_told_from_the_text(
    browser: webdriver.Chrome, address: str, mode: str
) -> None:
    feature = {"name": "prefers-color-scheme", "value": mode}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    browser.get(address + "/search?q=harbours")
    mark = browser.find_element(By.TAG_NAME, "mark").value_of_css_property("background-color")
    body = browser.find_element(By.TAG_NAME, "body").value_of_css_property("background-color")
    assert (mark, body) == {
        "light": ("rgba(250, 230, 158, 1)", "rgba(253, 252, 249, 1)"),
        "dark": ("rgba(87, 71, 15, 1)", "rgba(24, 23, 21, 1)"),
    }[mode]


def test_browser_has_nothing_to_complain_of(browser: webdriver.Chrome, address: str) -> None:
    log(browser)
    for place in ("/", "/documents", "/help", "/search?q=harbours", LONG, FAR):
        browser.get(address + place)
    assert log(browser) == []
