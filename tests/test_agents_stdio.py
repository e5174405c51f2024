"""A hundred questions over standard input and output, asked by the protocol's own client."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from indexer.agents.tokens import MOST, tokens
from indexer.config import Settings
from indexer.library import Library
from indexer.quotations.verdicts import Verdict
from tests.conftest import put
from tests.helpers.inline import open_inline

pytest.importorskip("mcp", reason="the extra mcp is not installed")

Question = tuple[str, dict[str, Any], bool]  # a tool, its arguments, whether it can be answered

SUBJECTS = ("gates", "boats", "herrings", "lamps", "ropes", "tides")
ODD: tuple[Question, ...] = (
    ("search", {}, False),
    ("search", {"query": 5}, False),
    ("search", {"query": ""}, False),
    ("search", {"query": "gates", "page": 0}, False),
    ("search", {"query": "gates", "page": 1_000_000}, True),
    ("search", {"query": "x" * 1_001}, False),
    ("search", {"query": '"((unclosed OR -'}, True),
    ("search", {"query": "闸门 海港 ворота"}, True),
    ("search", {"query": "gates", "sort": "best"}, False),
    ("search", {"query": "gates", "colour": "red"}, False),
    ("read", {"address": "../../etc/passwd"}, False),
    ("read", {"address": "/d/gates/para-1", "around": 21}, False),
    ("read", {"address": "/d/gates/para-1@0"}, False),
    ("read", {"address": "/d/gates/para-1@999999999"}, False),
    ("resolve", {"citation": "𝔊" * 900}, True),
    ("check_quotations", {"draft": ""}, True),
    ("check_quotations", {"draft": "“" * 500}, True),
    ("cited_by", {"address": "/d/none"}, False),
    ("history", {"address": "gates"}, True),
    ("forget", {}, False),
)


def text_of(subject: str, number: int) -> str:
    """A resolution of twelve paragraphs, some of which cite another."""
    head = f"---\ntitle: Resolution {number} (2020)\nnames: [S/RES/{number} (2020)]\n---\n"
    said = [
        f"{n}. Decides that the {subject} of harbour {n} are counted each year."
        for n in range(1, 11)
    ]
    cites = f"11. Recalling paragraph 3 of resolution {number - 1} (2020) on the harbours."
    return head + "\n\n".join(
        [*said, cites, "12. Remains seized of the matter until it is closed."]
    )


def questions() -> Iterator[Question]:
    """A hundred of them: all six tools, and odd ones."""
    for at, subject in enumerate(SUBJECTS):
        number = 100 + at
        yield "search", {"query": f"{subject} counted each year"}, True
        yield "search", {"query": f'"{subject} of harbour" -four', "sort": "newest"}, True
        yield "search", {"query": subject, "page": 2}, True
        yield "read", {"address": f"/d/{subject}"}, True
        yield "read", {"address": f"/d/{subject}/para-{at + 1}", "around": at}, True
        yield "read", {"address": f"/d/{subject}/para-3@1", "around": 20}, True
        yield "resolve", {"citation": f"S/RES/{number} (2020)"}, True
        yield "resolve", {"citation": f"paragraph 4 of resolution {number} (2020)"}, True
        yield (
            "check_quotations",
            {"draft": f"“the {subject} of harbour 5 are counted each year”"},
            True,
        )
        yield (
            "check_quotations",
            {"draft": f"“the {subject} of harbour 5 are never counted at all”"},
            True,
        )
        yield "cited_by", {"address": f"/d/{subject}/para-3"}, True
        yield "history", {"address": f"/d/{subject}/para-2"}, True
        yield "history", {"address": f"/d/{subject}"}, True
    yield from ODD
    yield "cited_by", {"address": "/d/gates", "page": 2}, True
    yield "read", {"address": "/d/tides/para-12", "from_character": 5}, True


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("stdio")
    for at, subject in enumerate(SUBJECTS):
        put(folder / "corpus", f"{subject}.md", text_of(subject, 100 + at).encode())
    with open_inline(Settings(corpus=folder / "corpus", data=folder / "data")) as library:
        library.maintenance.sync()
        yield library


@asynccontextmanager
async def connected(library: Library, *options: str) -> AsyncIterator[Any]:
    """The official client, with a server of its own."""
    from mcp.client.client import Client  # noqa: PLC0415 - it may not be installed
    from mcp.client.stdio import StdioServerParameters, stdio_client  # noqa: PLC0415

    folders = ("--corpus", str(library.settings.corpus), "--data", str(library.settings.data))
    command = str(Path(sys.executable).with_name("pilcrow"))
    server = StdioServerParameters(command=command, args=["mcp", *options, *folders])
    async with Client(stdio_client(server)) as client:
        yield client


@pytest.mark.slow
def test_a_hundred_questions_are_answered(held: Library) -> None:
    asked = list(questions())
    assert len(asked) == 100
    answers = asyncio.run(_answers(held, asked))
    texts = set()
    for (name, arguments, can_be), answer in zip(asked, answers, strict=True):
        said = " ".join(block.text for block in answer.content)
        assert answer.is_error is not can_be, (name, arguments, said)
        assert len(answer.content) == 1
        if answer.is_error:
            assert 20 < len(said) < 1_500, said
            assert answer.structured_content is None
            continue
        found = answer.structured_content
        whole = {"content": said, "structuredContent": found}
        assert tokens(whole) <= MOST
        for paragraph in _paragraphs(found):
            assert paragraph["text"] not in said  # no payload twice
            texts.add(paragraph["text"])
    assert len(texts) > 40
    checked = held.quotations.text("\n\n".join(f"“{text}”" for text in texts))
    wrong = [each for each in checked.findings if each.verdict is not Verdict.AS_WRITTEN]
    assert not [(each.verdict, each.quotation.text) for each in wrong]
    assert len(checked.findings) == len(texts)


@pytest.mark.slow
def test_a_client_that_shows_text_alone_gets_all_as_text(held: Library) -> None:
    (answer,) = asyncio.run(_answers(held, [("search", {"query": "lamps"}, True)], "--text"))
    assert answer.structured_content is None
    (first, *_) = json.loads(answer.content[0].text)["paragraphs"]
    assert first["address"].startswith("/d/lamps/para-")


async def _answers(library: Library, asked: list[Question], *options: str) -> list[Any]:
    async with connected(library, *options) as client:
        tools = (await client.list_tools()).tools
        assert [tool.annotations.read_only_hint for tool in tools] == [True] * 6
        assert all(bool(tool.output_schema) is not bool(options) for tool in tools)
        return [await client.call_tool(name, arguments) for name, arguments, _ in asked]


def _paragraphs(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "sha256" in value:
            yield value
        for each in value.values():
            yield from _paragraphs(each)
    if isinstance(value, list):
        for each in value:
            yield from _paragraphs(each)
