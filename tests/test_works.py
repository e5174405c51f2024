"""Versions of a work in a library, side by side."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.config import Settings
from indexer.library import Library
from tests.helpers.inline import open_inline

FILES = {
    "en.txt": "Resolution 7\n\nThe Council,\n\n1. Decides to meet in 2031;\n\n2. Remains seized.\n",
    "fr.txt": "Résolution 7\n\nLe Conseil,\n\n1. Décide de se réunir en 2031 ;\n\n"
    "2. Demeure saisi de la question.\n",
    "ru.txt": "Резолюция 7\n\nСовет,\n\n1. постановляет собраться в 2031 году;\n",
    "other.txt": "Resolution 8\n\n1. Decides nothing.\n",
    "title.txt": "Resolution 7\n\n1. Has the same title alone.\n",
}
SIDECARS = {
    "en.txt": "names: [A/RES/1/7]\nlanguage: en\n",
    "fr.txt": "names: [A/RES/1/7]\nlanguage: fr\n",
    "ru.txt": "work: a/res/1/7\nlanguage: ru\n",
    "other.txt": "names: [A/RES/1/8, A/RES/1/7]\nlanguage: de\n",
    "title.txt": "language: de\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("works")
    (folder / "corpus").mkdir()
    for name, text in FILES.items():
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
        (folder / "corpus" / f"{name}.meta.yaml").write_text(SIDECARS[name], encoding="utf-8")
    with open_inline(Settings(folder / "corpus", folder / "data")) as opened:
        opened.maintenance.sync()
        yield opened


def test_versions_are_found_by_symbol_and_by_work(library: Library) -> None:
    documents = {each.slug: each for each in library.documents()}
    versions = library.works.versions(documents.values())
    slugs = {slug: [each.slug for each in others] for slug, others in versions.items()}
    assert slugs == {
        "en": ["fr", "ru"],
        "fr": ["en", "ru"],
        "ru": ["en", "fr"],
        "other": [],
        "title": [],
    }


def test_paragraphs_stand_side_by_side(library: Library) -> None:
    documents = library.described(["en", "ru"])
    beside = library.works.beside(documents["en"], documents["ru"])
    assert beside.is_one_work
    row = beside.row_of("para-1")
    assert row is not None
    assert [each.passage.text for each in row.right] == ["постановляет собраться в 2031 году;"]
    lone = beside.row_of("para-2")
    assert lone is not None
    assert not lone.right
    assert beside.row_of("para-9") is None


def test_documents_that_are_no_work_can_be_read_side_by_side(library: Library) -> None:
    documents = library.described(["en", "other"])
    beside = library.works.beside(documents["en"], documents["other"])
    assert not beside.is_one_work
    assert beside.row_of("para-1")


def test_a_new_edition_is_joined_anew(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    with open_inline(Settings(tmp_path / "corpus", tmp_path / "data")) as library:
        for number in (1, 2):
            for name in ("one.txt", "two.txt"):
                text = "".join(f"{n}. Paragraph {n} of this.\n\n" for n in range(1, 3 + number))
                (tmp_path / "corpus" / name).write_text(f"A Text\n\n{text}")
            library.maintenance.sync()
            documents = library.described(["one", "two"])
            beside = library.works.beside(documents["one"], documents["two"])
            assert len(beside.rows) == 2 + number
