"""A document read in a real browser: from hit to hit, by its contents, by keys, and in parts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from indexer.citing.dates import spoken_date
from indexer.config import Settings
from tests.helpers.inline import open_inline
from tests.helpers.serving import served
from tests.test_browser import browser, chrome, is_in_view, log, screen, wait, without_scripts
from web.parts import PART, WHOLE

pytestmark = pytest.mark.slow

__all__ = ["browser", "chrome"]

HARBOURS = "# Harbours\n\n" + "\n\n".join(
    f"## Chapter {n}\n\nShips of chapter {n} lie at anchor.\n\n"
    + "\n\n".join(f"The quay of chapter {n} has bollard {m} and little else." for m in range(12))
    for n in range(1, 9)
)
ARABIC = "1. تلتزم الدول بحماية الموانئ.\n\n2. تحمي الدول السفن."
CODE = "# Code\n\n```\n" + "wide " * 80 + "\n```\n"
LAMP = "The lamp of the gate (old, well-kept) burns, and 50% of it is oil & fat."
WORDS = " ".join(f"w{n}" for n in range(60))
FAR = "\n\n".join(f"{n}. The keeper {n} sees ships that pass." for n in range(10, 40))
LAMPS = (
    f"On Lamps\n\n1. {LAMP}\n\n2. It burns thirty-three times.\n\n3. {WORDS} more.\n\n{FAR}\n\n"
    f"41. {LAMP} Still.\n\n42. It glows thirty-three times.\n\n43. {WORDS} less.\n\n"
    f"44. {WORDS.replace('w', 'v')}\n\n45. Same words.\n\n46. Same words.\n"
)
CHINESE = "\n\n".join(f"{n}. 第{n}座燈塔在港口的入口。" for n in range(1, 41))
PERSIAN = "\n\n".join(f"{n}. چراغ بندر شماره {n} روشن است." for n in range(1, 41))
CLIPBOARD = "return navigator.clipboard.readText()"
TODAY = spoken_date(datetime.now(UTC).date().isoformat())
MANY = "\n\n".join(f"{n}. Paragraph {n} of a very long list." for n in range(1, WHOLE + 3))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("reading")
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in (
        ("harbours.md", HARBOURS),
        ("arabic.txt", ARABIC),
        ("code.md", CODE),
        ("many.txt", MANY),
        ("lamps.txt", LAMPS),
        ("chinese.txt", CHINESE),
        ("persian.txt", PERSIAN),
    ):
        (corpus / name).write_text(text, encoding="utf-8")
    with open_inline(Settings(corpus=corpus, data=folder / "data")) as library:
        library.maintenance.sync()
        with served(library) as place:
            yield place


def press(browser: webdriver.Chrome, *keys: str) -> None:
    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def count(browser: webdriver.Chrome) -> str:
    return browser.find_element(By.ID, "_count").text


def focused(browser: webdriver.Chrome) -> str:
    return browser.switch_to.active_element.get_attribute("id") or ""


def is_copied(browser: webdriver.Chrome, text: str) -> bool:
    return bool(browser.execute_script(CLIPBOARD) == text)


def test_from_a_result_through_the_hits_and_back(browser: webdriver.Chrome, address: str) -> None:
    results = address + "/search?q=anchor&sort=oldest"
    browser.get(results)
    press(browser, "j", "j", "j", Keys.ENTER)
    wait(browser, lambda: "/d/harbours/" in browser.current_url)
    assert "?" not in browser.current_url
    assert "#" not in browser.current_url
    assert count(browser) == "3 of 8 hits"
    assert [mark.text for mark in browser.find_elements(By.TAG_NAME, "mark")] == ["anchor"] * 8
    here = focused(browser)
    assert is_in_view(browser, f"#{here}")
    press(browser, "n", "n")
    assert count(browser) == "5 of 8 hits"
    assert "chapter 5" in browser.switch_to.active_element.text
    press(browser, "p")
    assert count(browser) == "4 of 8 hits"
    browser.find_element(By.ID, "_after").click()
    assert count(browser) == "5 of 8 hits"
    wait(browser, lambda: browser.find_element(By.ID, "_here").text.endswith("Chapter 5"))
    browser.find_element(By.ID, "_results").click()
    assert browser.current_url == results
    assert not log(browser)


def test_hits_without_scripts(browser: webdriver.Chrome, address: str) -> None:
    with without_scripts(browser):
        browser.get(address + "/d/harbours?q=anchor")
        assert count(browser) == "8 hits"
        for number in (1, 2, 3):
            browser.find_element(By.ID, "_after").click()
            assert count(browser) == f"{number} of 8 hits"
        browser.find_element(By.ID, "_before").click()
        assert count(browser) == "2 of 8 hits"
        browser.find_element(By.ID, "_results").click()
        assert browser.find_element(By.NAME, "q").get_attribute("value") == "anchor"


@pytest.mark.parametrize(("width", "is_open"), [(1280, True), (800, False)])
def test_contents_lead_to_the_headings(
    browser: webdriver.Chrome, address: str, width: int, is_open: bool
) -> None:
    screen(browser, width)
    browser.get(address + "/d/harbours")
    contents = browser.find_element(By.ID, "_contents")
    assert (contents.get_attribute("open") is not None) == is_open
    if not is_open:
        contents.find_element(By.TAG_NAME, "summary").click()
    contents.find_element(By.LINK_TEXT, "Chapter 6").click()
    wait(browser, lambda: browser.find_element(By.ID, "_here").text.endswith("Chapter 6"))
    heading = next(h for h in browser.find_elements(By.TAG_NAME, "h2") if h.text == "Chapter 6")
    wait(browser, lambda: is_in_view(browser, f"#{heading.get_attribute('id')}"))


def test_a_paragraph_is_reached_and_copied_by_keys(browser: webdriver.Chrome, address: str) -> None:
    browser.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": address},
    )
    browser.get(address + "/d/harbours/p3")
    press(browser, "j", "j", "k")
    assert focused(browser) == "p4"
    press(browser, "l")
    wait(browser, partial(is_copied, browser, f"{address}/d/harbours/p4@1"))
    assert browser.find_element(By.CSS_SELECTOR, ".tools [role=status]").text == "Copied"
    press(browser, "c")
    cited = f"“Harbours”, [¶ 4], {address}/d/harbours/p4@1, accessed {TODAY}"
    wait(browser, partial(is_copied, browser, cited))


def test_words_that_are_selected_are_cited(browser: webdriver.Chrome, address: str) -> None:
    browser.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": address},
    )
    browser.get(address + "/d/harbours/p1")
    text = browser.find_element(By.CSS_SELECTOR, "#p1 .text")
    browser.execute_script(
        "const node = arguments[0].firstChild; const range = document.createRange();"
        "range.setStart(node, 0); range.setEnd(node, 5); getSelection().addRange(range)",
        text,
    )
    ActionChains(browser).move_to_element(text).perform()
    for name, copied in (
        ("Copy words", "Ships"),
        ("Copy link", f"{address}/d/harbours/p1@1#:~:text=Ships,-of%20chapter%201"),
        ("Cite", f"“Ships” (“Harbours”, [¶ 1], {address}/d/harbours/p1@1, accessed {TODAY})"),
    ):
        browser.find_element(By.XPATH, f"//button[text()='{name}']").click()
        wait(browser, partial(is_copied, browser, copied))


def copied_link(browser: webdriver.Chrome, place: str, words: str) -> str:
    """What "Copy link" gives for `words` of the paragraph that the page at `place` is at."""
    parts = urlsplit(place)
    browser.execute_cdp_cmd(
        "Browser.grantPermissions",
        {
            "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"],
            "origin": f"{parts.scheme}://{parts.netloc}",
        },
    )
    browser.get(place)
    browser.execute_script("return navigator.clipboard.writeText('nothing')")
    passage = browser.find_element(By.CSS_SELECTOR, ".passage.cited .text")
    browser.execute_script(
        "const node = arguments[0].firstChild, at = node.data.indexOf(arguments[1]);"
        "const range = document.createRange(); range.setStart(node, at);"
        "range.setEnd(node, at + arguments[1].length); getSelection().addRange(range)",
        passage,
        words,
    )
    ActionChains(browser).move_to_element(passage).perform()
    browser.find_element(By.XPATH, "//button[text()='Copy link']").click()
    wait(browser, lambda: not is_copied(browser, "nothing"))
    return str(browser.execute_script(CLIPBOARD))


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("/d/lamps/para-41", "lamp"),
        ("/d/lamps/para-41", "amp of the ga"),  # within words
        ("/d/lamps/para-41", "(old, well-kept) burns, and 50% of it is oil & fat."),
        ("/d/lamps/para-42", "thirty-three times"),
        ("/d/lamps/para-43", " ".join(f"w{n}" for n in range(20, 50))),
        ("/d/lamps/para-30", "keeper 30 sees ships that pass"),
        ("/d/lamps/para-44", " ".join(f"v{n}" for n in range(20, 50))),
        ("/d/lamps/para-45", "Same words"),  # at the beginning, where the number tells them apart
        ("/d/chinese/para-40", "港口的"),
        ("/d/persian/para-40", "چراغ"),
    ],
)
def test_a_link_to_words_leads_to_them_and_to_no_others(
    browser: webdriver.Chrome, address: str, place: str, words: str
) -> None:
    """Others like them stand above, on the same page."""
    directive = copied_link(browser, address + place, words).partition("#")[2]
    assert directive
    browser.get("about:blank")
    browser.get(f"{address}{place.rpartition('/')[0]}#{directive}")  # nothing else leads there
    wait(browser, partial(is_in_view, browser, f"#{place.rpartition('/')[2]}"))


def test_words_that_cannot_be_told_apart_have_the_address_of_their_paragraph(
    browser: webdriver.Chrome, address: str
) -> None:
    assert copied_link(browser, f"{address}/d/lamps/para-46", "words") == (
        f"{address}/d/lamps/para-46@1"
    )


def test_one_paragraph_can_be_reached_by_tab(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address + "/d/harbours")
    reachable = [
        pin
        for pin in browser.find_elements(By.CLASS_NAME, "pin")
        if pin.get_property("tabIndex") == 0
    ]
    assert len(reachable) == 1


def test_the_keys_are_listed(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address + "/d/harbours?q=anchor")
    press(browser, "?")
    listed = browser.find_element(By.CSS_SELECTOR, "dialog.keys").text
    for line in ("j\nthe next paragraph", "n\nthe next hit", "c\ncopy the citation"):
        assert line in listed
    press(browser, Keys.ESCAPE)
    wait(browser, lambda: not browser.find_elements(By.CSS_SELECTOR, "dialog.keys"))


@pytest.mark.parametrize("width", [1280, 500, 360])
def test_numbers_of_arabic_are_at_the_right_and_nothing_is_wider_than_the_screen(
    browser: webdriver.Chrome, address: str, width: int
) -> None:
    screen(browser, width)
    browser.get(address + "/d/arabic")
    passage = browser.find_element(By.CLASS_NAME, "passage")
    assert passage.get_attribute("dir") == "rtl"
    number = passage.find_element(By.CLASS_NAME, "number").rect
    text = passage.find_element(By.CLASS_NAME, "text").rect
    assert number["x"] + number["width"] / 2 > text["x"] + text["width"] / 2
    wide = "return document.documentElement.scrollWidth"
    assert browser.execute_script(wide) <= width


def test_wide_code_is_scrolled_by_keys(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address + "/d/code")
    code = browser.find_element(By.TAG_NAME, "pre")
    assert code.get_property("scrollWidth") > code.get_property("clientWidth")  # type: ignore[operator]
    code.send_keys(Keys.ARROW_RIGHT)
    wait(browser, lambda: code.get_property("scrollLeft") > 0)  # type: ignore[operator]


def test_a_long_document_is_read_in_parts(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address + f"/d/many#para-{PART + 7}")
    wait(browser, lambda: browser.current_url.endswith(f"/d/many/para-{PART + 7}"))
    assert is_in_view(browser, f"#para-{PART + 7}")
    assert len(browser.find_elements(By.CLASS_NAME, "passage")) == PART
    browser.find_element(By.LINK_TEXT, "Next").send_keys(Keys.ENTER)
    wait(browser, lambda: browser.current_url.endswith("part=3"))
    assert f"Paragraph {2 * PART + 1} of" in browser.find_element(By.CLASS_NAME, "passage").text
    browser.get(address + f"/d/many/para-{PART}?q=paragraph")
    assert count(browser) == f"{PART:,} of {WHOLE + 2:,} hits"
    press(browser, "n")
    wait(browser, lambda: browser.current_url.endswith(f"/d/many/para-{PART + 1}"))
    assert count(browser) == f"{PART + 1:,} of {WHOLE + 2:,} hits"


def test_a_result_is_cited_in_the_style_that_was_chosen_last(
    browser: webdriver.Chrome, address: str
) -> None:
    browser.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": address},
    )
    browser.get(address + "/search?q=anchor")
    press(browser, "j", "c")
    cited = f"“Harbours”, [¶ 1], {address}/d/harbours/p1@1, accessed {TODAY}"
    wait(browser, partial(is_copied, browser, cited))
    browser.get(address + "/d/harbours/p1@1/cite")
    browser.find_element(By.CSS_SELECTOR, "[data-copies=_un]").click()
    un = f"“Harbours”, [¶ 1]. Available at {address}/d/harbours/p1@1 (accessed on {TODAY})."
    wait(browser, partial(is_copied, browser, un))
    browser.get(address + "/d/harbours/p1")
    wait(browser, lambda: browser.find_element(By.ID, "_citation").text == un)
    browser.execute_script("localStorage.clear()")


def test_a_result_is_cited_without_scripts(browser: webdriver.Chrome, address: str) -> None:
    with without_scripts(browser):
        browser.get(address + "/search?q=anchor")
        browser.find_element(By.CLASS_NAME, "cite-it").click()
        assert "/cite" in browser.current_url
        assert browser.find_element(By.ID, "_oscola").text.startswith("‘Harbours’")


def test_a_printed_document_says_its_address(browser: webdriver.Chrome, address: str) -> None:
    browser.get(address + "/d/harbours/p3")
    printed = browser.find_element(By.CLASS_NAME, "printed")
    assert not printed.is_displayed()
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert printed.text.endswith(f"{address}/d/harbours@1")
    assert not browser.find_element(By.ID, "_bar").is_displayed()
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_narrowed_read_and_cited_in_one_go(browser: webdriver.Chrome, address: str) -> None:
    browser.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": address},
    )
    browser.get(address + "/search?q=paragraph")
    press(browser, "/")
    box = browser.switch_to.active_element
    box.clear()
    box.send_keys("anchor", Keys.ENTER)
    wait(browser, lambda: "q=anchor" in browser.current_url)
    browser.find_element(By.CSS_SELECTOR, "#_side ul a").click()
    wait(browser, lambda: bool(browser.find_elements(By.CSS_SELECTOR, ".chips a")))
    narrowed = browser.current_url
    result = browser.find_elements(By.CLASS_NAME, "result")[1]
    result.find_element(By.CSS_SELECTOR, ".around summary").click()
    assert "bollard 0" in result.find_element(By.CLASS_NAME, "around").text
    result.find_element(By.CSS_SELECTOR, ".source a").click()
    wait(browser, lambda: "/d/harbours/" in browser.current_url)
    assert count(browser) == "2 of 8 hits"
    press(browser, "n", "c")
    wait(browser, lambda: "p27@1" in str(browser.execute_script(CLIPBOARD)))
    browser.find_element(By.ID, "_results").click()
    assert browser.current_url == narrowed
