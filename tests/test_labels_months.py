"""The months that labels know are those of a library that knows the languages."""

import pytest
from babel import Locale

from indexer.labels.months import is_day

LANGUAGES = (
    "ar hy eu ca cs da de el en es et fi fr he hi hr hu id it lt lv nb ne nl pl pt ro ru sk sl sr"
    " sv ta tr uk yi"
)


@pytest.mark.parametrize("language", LANGUAGES.split())
def test_every_month_of_a_language_makes_a_day(language: str) -> None:
    months = Locale.parse(language).months["format"]["wide"].values()
    assert [name for name in months if not is_day("5", f" {name} 2019")] == []


def test_words_that_are_no_months() -> None:
    assert not is_day("5", " March against hunger")
    assert not is_day("5", " The Ministers")
    assert not is_day("32", " May 2019")
