"""The tools of an agent: what they answer, that it fits, and that every word can be quoted."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from indexer.agents.listing import TOOLS
from indexer.agents.paragraphs import paragraph, piece
from indexer.agents.tokens import MOST, tokens
from indexer.agents.tools import Refused, Tools
from indexer.config import Settings
from indexer.document import Kind, Metadata, Passage, StoredDocument, StoredPassage
from indexer.library import Library
from indexer.quotations.verdicts import Verdict
from tests.conftest import put
from tests.helpers.inline import open_inline

jsonschema = pytest.importorskip("jsonschema", reason="the extra mcp is not installed")

Answer = dict[str, Any]

GATES = """\
---
title: Resolution 1591 (2005)
date: 2005-03-29
language: en
names: [S/RES/1591 (2005)]
---
1. Decides that every gate of the harbour shall be shut at dusk.

2. Requests the keepers to open them at dawn, unless paragraph 1 is suspended.

3. Decides to remain seized of the matter of gates and of their keepers.
"""
BOATS = """\
---
title: Resolution 9 (2006)
date: 2006-01-01
language: en
tags: [Unofficial translation]
---
1. Recalling paragraph 2 of resolution 1591 (2005) on the gates of the harbour.

2. Boats wait outside until the gates of the harbour are open again.
"""
LONG = "Statement\n\n1. " + " ".join(
    f"The fleet numbered {n} came to the harbour in the evening." for n in range(800)
)
MANY = "Register\n\n" + "\n\n".join(
    f"{n}. Ship {n} is entered in the register of the harbour by its owner." for n in range(1, 400)
)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Four documents; the first has a second edition."""
    folder = tmp_path_factory.mktemp("agents")
    texts = {"gates.md": GATES, "boats.md": BOATS, "fleet.txt": LONG, "ships.txt": MANY}
    for name, text in texts.items():
        put(folder / "corpus", name, text.encode())
    with open_inline(Settings(corpus=folder / "corpus", data=folder / "data")) as library:
        library.maintenance.sync()
        again = GATES.replace("at dawn", "an hour after dawn")
        put(folder / "corpus", "gates.md", again.encode())
        library.maintenance.sync()
        yield library


@pytest.fixture(scope="module")
def ask(held: Library) -> "Ask":
    return Ask(held)


class Ask:
    """Calls a tool, and checks what is true of every answer."""

    def __init__(self, library: Library) -> None:
        self._tools = Tools(library)
        self._library = library
        self._checks = {t.name: jsonschema.Draft202012Validator(t.output_schema) for t in TOOLS}

    def __call__(self, name: str, **arguments: Any) -> Answer:
        answer: Answer = json.loads(json.dumps(self._tools(name, arguments)))
        self._checks[name].validate(answer)
        assert tokens(answer) <= MOST
        assert answer["caveat"]
        assert answer["corpus"]["documents"] == 4
        for each in answer["next"]:
            assert each["tool"] in self._checks
            self._tools(each["tool"], each["arguments"])  # can be called as it is
        for each in paragraphs_in(answer):
            self._can_be_quoted(each)
        return answer

    def _can_be_quoted(self, paragraph: Answer) -> None:
        found = self._library.quotations.text(f"“{paragraph['text']}”").findings[0]
        sound = Verdict.AS_WRITTEN if paragraph["stands"] else Verdict.EARLIER
        assert found.wording is Verdict.AS_WRITTEN
        assert found.verdict is sound
        if not paragraph["is_cut"]:
            assert paragraph["sha256"] == sha256(paragraph["text"].encode()).hexdigest()


def paragraphs_in(value: object) -> Iterator[Answer]:
    """Every paragraph in an answer, wherever it stands."""
    if isinstance(value, dict):
        if "sha256" in value:
            yield value
        for each in value.values():
            yield from paragraphs_in(each)
    if isinstance(value, list):
        for each in value:
            yield from paragraphs_in(each)


def test_a_search_finds_paragraphs_with_marks(ask: Ask) -> None:
    answer = ask("search", query="gates shut dusk")
    first = answer["paragraphs"][0]
    assert first["address"] == "/d/gates/para-1@2"
    assert [first["text"][a:b] for a, b in first["marks"]] == ["gate", "shut", "dusk"]
    assert answer["next"][0]["arguments"]["address"] == first["address"]


def test_a_search_for_nothing_says_what_to_do(ask: Ask) -> None:
    assert "Nothing was found" in ask("search", query="zyzzyva")["summary"]


def test_a_search_of_long_texts_gives_pieces_about_the_marks(ask: Ask) -> None:
    answer = ask("search", query='"fleet numbered 790"')
    (first,) = answer["paragraphs"]
    assert first["is_cut"]
    assert first["marks"]
    assert "from_character 0" in answer["cut"]


def test_a_paragraph_is_read_with_what_is_around_it(ask: Ask) -> None:
    answer = ask("read", address="/d/gates/para-2", around=1)
    labels = [each["label"] for each in answer["paragraphs"]]
    assert labels == ["1.", "2.", "3."]
    assert "an hour after dawn" in answer["paragraphs"][1]["text"]
    then = ask("read", address="/d/gates/para-2@1", around=0)["paragraphs"]
    assert [each["address"] for each in then] == ["/d/gates/para-2@1"]
    assert "open them at dawn" in then[0]["text"]
    assert then[0]["caveats"] == ["these words stood until edition 1 and stand no more"]


def test_a_document_is_read_from_its_beginning(ask: Ask) -> None:
    answer = ask("read", address="/d/ships", around=20)
    assert answer["paragraphs"][0]["label"] == "1."
    assert 10 < len(answer["paragraphs"]) < 41
    assert "are shown" in answer["cut"]
    following = answer["next"][0]["arguments"]["address"]
    assert following == f"/d/ships/para-{len(answer['paragraphs']) + 1}@1"


@pytest.mark.slow
def test_a_long_paragraph_can_be_read_to_its_end(held: Library, ask: Ask) -> None:
    whole = held.locate("fleet", "para-1").passage.text
    read, start = "", 0
    while start < len(whole):
        answer = ask("read", address="/d/fleet/para-1", around=0, from_character=start)
        (shown,) = answer["paragraphs"]
        assert shown["starts_at"] == start
        read += shown["text"]
        start = len(read)
        assert bool(answer["cut"]) == (start < len(whole))
    assert read == whole


def test_a_citation_leads_to_its_paragraph(ask: Ask) -> None:
    answer = ask("resolve", citation="S/RES/1591 (2005), para. 3")
    (target,) = answer["targets"]
    assert target["is_exact"]
    assert target["paragraph"]["address"] == "/d/gates/para-3@2"
    assert ask("resolve", citation="/d/boats/para-1")["targets"][0]["address"] == "/d/boats@1"
    missing = ask("resolve", citation="S/RES/1591 (2005), para. 30")
    assert not missing["targets"][0]["is_exact"]
    assert ask("resolve", citation="A/RES/1/1 (1999)")["targets"] == []


def test_quotations_are_checked(ask: Ask) -> None:
    draft = (
        "It says “every gate of the harbour shall be shut at dusk” and “every gate of the harbour "
        "shall not be shut at dusk”, and “nobody has ever written these seven words”."
    )
    answer = ask("check_quotations", draft=draft)
    right, denied, absent = answer["quotations"]
    assert right["verdict"] == "as written"
    (source,) = right["parts"][0]["paragraphs"]
    ((start, end),) = source["marks"]
    assert source["text"][start:end] == "every gate of the harbour shall be shut at dusk"
    assert denied["verdict"] == "altered"
    assert "not" in denied["warnings"][0]
    assert absent["verdict"] == "not in this corpus"


@pytest.mark.slow
def test_a_draft_of_many_quotations_is_cut_and_that_is_said(ask: Ask) -> None:
    quoted = (f"“Ship {n} is entered in the register of the harbour”" for n in range(1, 200))
    answer = ask("check_quotations", draft="\n\n".join(quoted))
    assert answer["total"] == 199
    assert len(answer["quotations"]) < 199
    assert f"Of 199 quotations {len(answer['quotations'])} are shown" in answer["cut"]


def test_who_cites_is_found_with_the_citation_marked(ask: Ask) -> None:
    answer = ask("cited_by", address="/d/gates/para-2@1")
    (citing,) = answer["paragraphs"]
    ((start, end),) = citing["marks"]
    assert citing["text"][start:end] == "paragraph 2"
    assert citing["caveats"] == ["unofficial translation"]
    assert ask("cited_by", address="/d/ships")["total"] == 0


def test_a_life_is_told(ask: Ask) -> None:
    first, second = ask("history", address="/d/gates/para-2")["moments"]
    assert (first["told"], second["told"]) == ("appeared", "reworded")
    assert first["paragraph"]["address"] == "/d/gates/para-2@1"
    assert [m["edition"] for m in ask("history", address="/d/gates")["moments"]] == [1, 2]


@pytest.mark.parametrize(
    ("name", "arguments", "advice"),
    [
        ("read", {"address": "/d/nowhere/para-1"}, "search for some words"),
        ("read", {"address": "not an address at all/x/y/z"}, "one looks like /d/"),
        ("read", {"address": "/d/gates/para-2@9"}, "the newest is 2"),
        ("read", {"address": "/d/gates", "from_character": 3}, "a paragraph's address"),
        ("history", {"address": "/d/gates/para-99"}, "has never had"),
        ("cited_by", {"address": "/d/nowhere"}, "no document"),
        ("search", {"query": " "}, "give some words"),
        ("resolve", {"citation": "\0"}, "as it is written"),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(
    held: Library, name: str, arguments: Answer, advice: str
) -> None:
    with pytest.raises(Refused) as refused:
        Tools(held)(name, arguments)
    assert advice in str(refused.value)


def test_every_tool_describes_what_it_takes_and_answers() -> None:
    assert len(TOOLS) == 6
    for tool in TOOLS:
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        jsonschema.Draft202012Validator.check_schema(tool.output_schema)
        assert {"summary", "caveat", "cut", "corpus", "next"} <= set(
            tool.output_schema["properties"]
        )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "燈塔在港口的入口。" * 15 + "守望者" + "船在夜裡進港。" * 60,
            "守望者",
        ),  # no spaces at all
        ("The lamp burns. " * 9 + "keeper" + " ships pass." * 60, "keeper"),
        ("keeper" + " ships pass." * 60, "keeper"),
    ],
)
@pytest.mark.parametrize("most", [40, 100, 300])
def test_a_piece_of_a_paragraph_shows_its_mark(text: str, words: str, most: int) -> None:
    stored = StoredPassage(1, "a", 1, None, Passage(1, Kind.PARAGRAPH, text, id="p1"))
    document = StoredDocument("a", "a.txt", Metadata(), 1, 1, "2026-11-27T00:00:00+00:00")
    at = text.index(words)
    shown = piece(paragraph(document, stored, marks=[(at, at + len(words))]), most)
    [[begins, ends]] = shown["marks"]
    assert shown["text"][begins:ends] == words
    assert len(shown["text"]) <= most
