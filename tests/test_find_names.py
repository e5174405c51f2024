"""The name or the address of a document, typed as a whole, leads to it, above the results."""

import pytest

from indexer.library import Library
from indexer.naming import name_key
from tests.conftest import Write

RULES = """\
---
title: Rules of the Pond, Pêcheries
date: 2008-05-01
---
1. Nobody fishes at dusk.

2. Nobody rows alone.
"""


@pytest.fixture
def rules(write: Write, library: Library) -> Library:
    write("2008/KIR_63.md", RULES)
    write("2008/KIR_63.md.meta.yaml", "names: [S/RES/1591 (2005), '[2021] UKSC 12']\n")
    write("other.txt", "Pond\n\nNobody fishes in this pond, but for 1591 boats of 2005.\n")
    library.maintenance.sync()
    return library


def led_to(library: Library, query: str) -> list[str]:
    return [str(found.address) for found in library.search(query).destinations]


@pytest.mark.parametrize(
    ("query", "addresses"),
    [
        ("Rules of the Pond, Pêcheries", ["/d/2008-kir-63"]),
        ("rules of the pond pecheries", ["/d/2008-kir-63"]),
        ('"Rules of the Pond, Pêcheries"', ["/d/2008-kir-63"]),
        ("RULES OF THE POND – PÊCHERIES", ["/d/2008-kir-63"]),
        ("KIR_63.md", ["/d/2008-kir-63"]),
        ("2008/KIR_63.md", ["/d/2008-kir-63"]),
        ("2008-kir-63", ["/d/2008-kir-63"]),
        ("S/RES/1591 (2005)", ["/d/2008-kir-63"]),
        ("s/res/1591(2005)", ["/d/2008-kir-63"]),
        ("[2021] UKSC 12", ["/d/2008-kir-63"]),
        ("/d/2008-kir-63", ["/d/2008-kir-63"]),
        ("/d/2008-kir-63@1", ["/d/2008-kir-63@1"]),
        ("/d/2008-kir-63/para-2", ["/d/2008-kir-63/para-2"]),
        ("2008-kir-63/para-2", ["/d/2008-kir-63/para-2"]),
        ("2008-kir-63/para-2@1", ["/d/2008-kir-63/para-2@1"]),
        ("https://pilcrow.example/d/2008-kir-63/para-2@1", ["/d/2008-kir-63/para-2@1"]),
        ("http://localhost:8000/texts/d/2008-kir-63#para-2", ["/d/2008-kir-63/para-2"]),
        ("https://pilcrow.example/d/2008-kir-63/para-2/history", ["/d/2008-kir-63/para-2"]),
        (" /d/2008-kir-63/para-2 ", ["/d/2008-kir-63/para-2"]),
        ("pond", ["/d/other"]),
        # no whole name, and no address of ours
        ("rules pond", []),
        ("title:pond", []),
        ("1591 2005", []),
        ("/d/nowhere/para-1", []),
        ("/d/2008-kir-63/para-9", []),
        ("/d/2008-kir-63@7", []),
        ("/d/2008-kir-63/para-1@7", []),
        ("https://example.org/a/b?x=1", []),
        ("and/or", []),
        ("http://[::1", []),
        ("…", []),
    ],
)
def test_a_name_or_an_address_leads_there(rules: Library, query: str, addresses: list[str]) -> None:
    assert led_to(rules, query) == addresses


def test_the_results_stay_what_they_are(rules: Library) -> None:
    found = rules.search("pond")
    assert found.total == 1
    assert [hit.document.slug for hit in found.hits] == ["other"]
    assert rules.search("pond", page=2).destinations == ()


def test_names_follow_the_document(rules: Library, write: Write) -> None:
    file = write("2008/KIR_63.md", RULES.replace("Rules of the Pond", "Laws of the Lake"))
    rules.maintenance.sync()
    assert led_to(rules, "rules of the pond pecheries") == []
    assert led_to(rules, "laws of the lake pecheries") == ["/d/2008-kir-63"]
    for suffix in ("", ".meta.yaml"):
        old = file.with_name(file.name + suffix)
        old.rename(file.with_name("lake.md" + suffix))
    rules.maintenance.sync()
    assert led_to(rules, "laws of the lake pecheries") == ["/d/2008-lake"]
    assert led_to(rules, "KIR_63.md") == []
    assert led_to(rules, "/d/2008-kir-63/para-2") == ["/d/2008-lake/para-2"]
    for old in file.parent.iterdir():
        old.unlink()
    rules.maintenance.sync()
    assert led_to(rules, "laws of the lake pecheries") == []
    (gone,) = rules.search("/d/2008-lake/para-2").destinations
    assert not gone.document.present


def test_of_many_of_one_name_the_newest_are_offered(write: Write, library: Library) -> None:
    for year in range(2001, 2006):
        write(f"{year}.md", f"---\ntitle: Report\ndate: {year}\n---\nAll is well.\n")
    library.maintenance.sync()
    assert led_to(library, "report") == ["/d/2005", "/d/2004", "/d/2003"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("S/RES/1591 (2005)", "s res 1591 2005"),
        ("ECLI:EU:C:2019:1145", "ecli eu c 2019 1145"),
        ("https://data.example/eli/reg/2016/679/oj", "data example eli reg 2016 679 oj"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("Straße", "strasse"),
        ("第五条", "第五条"),
        ("— …", ""),
        ("", ""),
    ],
)
def test_keys_of_names(name: str, key: str) -> None:
    assert name_key(name) == key
