"""Suggestions below the box before a real browser: by keys, by mouse, and not at all."""

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.test_browser import address, browser, chrome, log, screen, wait, without_scripts

pytestmark = pytest.mark.slow

__all__ = ["address", "browser", "chrome"]


def box_of(page: webdriver.Chrome, address: str) -> WebElement:
    page.get(address)
    return page.find_element(By.NAME, "q")


def options(page: webdriver.Chrome) -> list[WebElement]:
    return [o for o in page.find_elements(By.CSS_SELECTOR, "[role=option]") if o.is_displayed()]


def typed(page: webdriver.Chrome, address: str, text: str) -> WebElement:
    """The box with `text` in it and suggestions below."""
    box = box_of(page, address)
    box.send_keys(text)
    wait(page, lambda: bool(options(page)))
    return box


def active(page: webdriver.Chrome, box: WebElement) -> str:
    """The text of the option that assistive technology is told of."""
    place = box.get_attribute("aria-activedescendant")
    if not place:
        return ""
    option = page.find_element(By.ID, place)
    assert option.get_attribute("aria-selected") == "true"
    return option.find_element(By.TAG_NAME, "bdi").text


def test_keys_move_through_the_list_and_back_to_the_box(
    browser: webdriver.Chrome, address: str
) -> None:
    box = typed(browser, address, "la")
    assert box.get_attribute("role") == "combobox"
    assert box.get_attribute("aria-expanded") == "true"
    controlled = browser.find_element(By.ID, box.get_attribute("aria-controls") or "")
    assert controlled.get_attribute("role") == "listbox"
    names = [o.find_element(By.TAG_NAME, "bdi").text for o in options(browser)]
    assert active(browser, box) == ""
    for name in [*names, "", names[0]]:
        box.send_keys(Keys.ARROW_DOWN)
        assert active(browser, box) == name
    for name in ["", names[-1]]:
        box.send_keys(Keys.ARROW_UP)
        assert active(browser, box) == name
    assert box.get_attribute("value") == "la"
    assert len(browser.find_elements(By.CSS_SELECTOR, "[aria-selected=true]")) == 1
    assert browser.switch_to.active_element == box


def test_enter_asks_for_what_is_chosen(browser: webdriver.Chrome, address: str) -> None:
    box = typed(browser, address, "lighth")
    box.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    wait(browser, lambda: browser.current_url == address + "/search?q=lighthouses")


def test_enter_asks_for_what_is_typed_where_nothing_is_chosen(
    browser: webdriver.Chrome, address: str
) -> None:
    box = typed(browser, address, "lighth")
    box.send_keys(Keys.ENTER)
    wait(browser, lambda: browser.current_url == address + "/search?q=lighth")


def test_escape_closes_the_list_and_keeps_what_is_typed(
    browser: webdriver.Chrome, address: str
) -> None:
    box = typed(browser, address, "lighth")
    box.send_keys(Keys.ARROW_DOWN, Keys.ESCAPE)
    assert options(browser) == []
    assert box.get_attribute("value") == "lighth"
    assert box.get_attribute("aria-expanded") == "false"
    assert box.get_attribute("aria-activedescendant") is None
    box.send_keys(Keys.ARROW_DOWN)
    assert active(browser, box) == "lighthouses"
    box.send_keys(Keys.TAB)
    assert options(browser) == []


def test_a_click_chooses(browser: webdriver.Chrome, address: str) -> None:
    typed(browser, address, "record of")
    (option,) = [o for o in options(browser) if "title" in o.text]
    option.click()
    wait(browser, lambda: "/search" in browser.current_url)
    box = browser.find_element(By.NAME, "q")
    assert box.get_attribute("value") == "Record of the Long Session"
    assert browser.find_elements(By.CLASS_NAME, "destination")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_list_fits_the_page(browser: webdriver.Chrome, address: str, width: int) -> None:
    screen(browser, width)
    log(browser)
    typed(browser, address + "/help", "record")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert log(browser) == []


def test_without_scripts_the_box_is_a_box(browser: webdriver.Chrome, address: str) -> None:
    with without_scripts(browser):
        box = box_of(browser, address)
        assert box.get_attribute("role") is None
        box.send_keys("lighthouses", Keys.ENTER)
        wait(browser, lambda: browser.current_url == address + "/search?q=lighthouses")
