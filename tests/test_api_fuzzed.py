"""Schemathesis asks the API what its description allows, and what it does not."""

import copy
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from indexer.config import Settings
from indexer.credentials import Tokens
from tests.conftest import ROOT, put
from tests.helpers.inline import open_inline
from web.app import create_app
from web.programs.operations import OPERATIONS
from web.programs.queries import Nothing

RULES = (
    "The Harbour\n\n1. Ships enter by day.\n\n2. The keeper, under paragraph 1, keeps the gate.\n"
)
EXAMPLES, MANY = 5, 200  # of each request
PLAIN = {"Accept-Encoding": "identity"}  # what schemathesis reads from an application

# Addresses of what is there, so that not every answer is 404.
HERE = {
    "slug": ["a", "b", "nothing"],
    "local_id": ["para-1", "para-2", "para-99"],
    "address": ["/d/a", "/d/a/para-1", "/d/a@1"],
    "left": ["/d/a"],
    "right": ["/d/central-asia-japan-2020-tajikistan"],
    "from": ["/d/a@1", "/d/b@1"],
    "to": ["/d/a@2", "The Harbour"],
    "q": ["ships", "paragraph 1", "cites:/d/a/para-1", '"', "near~3"],
}


def strict(made: dict[str, Any]) -> dict[str, Any]:
    """The description with examples that are here, and without fields that it does not name."""
    made = copy.deepcopy(made)
    for schema in made["components"]["schemas"].values():
        schema["additionalProperties"] = False
    for path in made["paths"].values():
        for operation in path.values():
            for parameter in operation["parameters"]:
                known = HERE.get(parameter["name"], [])
                parameter["examples"] = {str(n): {"value": each} for n, each in enumerate(known)}
    return made


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("fuzzed")
    corpus = folder / "corpus"
    for path in (ROOT / "corpus").iterdir():
        put(corpus, path.name, path.read_bytes())
    for name in ("a.txt", "b.txt"):
        put(corpus, name, RULES.encode())
    library = open_inline(Settings(corpus=corpus, data=folder / "data"))
    library.maintenance.sync()
    put(corpus, "a.txt", RULES.replace("day", "night").encode())
    (corpus / "b.txt").unlink()
    library.maintenance.sync()
    app = create_app(library)
    app.config["TOKEN"] = Tokens(library.settings.data).make("fuzz")
    made = app.test_client().get("/api/v1/openapi.json").get_json()
    schema = schemathesis.openapi.from_dict(strict(made))
    schema.app = app
    yield schema
    library.close()


# They put another value in the place of one that cannot be used, and say so in the answer.
LENIENT = {"api_search", "api_suggest", "api_references"}
# Of a moment, a cursor or a file, no schema tells which are good.
OPAQUE = {"api_search", "api_list", "api_passages", "api_quotations", "api_documents"}
# What has nothing but a place in its address cannot be asked for wrongly.
ASKED = [name for name, each in OPERATIONS.items() if each.query is not Nothing or each.body]
POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE


def ask_all(api: Any, endpoint: str, mode: schemathesis.GenerationMode, bounds: bounded) -> None:
    """Asks for an endpoint by `bounds`, and raises for an answer that is not as described."""
    name = endpoint.removeprefix("api_")
    found = (each.ok() for each in api.get_all_operations())
    [operation] = [each for each in found if each.definition.raw["operationId"] == name]
    token = api.app.config["TOKEN"]
    headers = PLAIN | ({"Authorization": f"Bearer {token}"} if name == "documents" else {})
    excluded = [negative_data_rejection] * (endpoint in LENIENT)
    excluded += [positive_data_acceptance] * (endpoint in OPAQUE)

    def ask(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    bounds(given(case=operation.as_strategy(generation_mode=mode))(ask))()


CASES = [*((name, POSITIVE) for name in OPERATIONS), *((name, NEGATIVE) for name in ASKED)]
QUIET = bounded(suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize(("endpoint", "mode"), CASES)
def test_answers_are_as_described(
    api: Any, endpoint: str, mode: schemathesis.GenerationMode
) -> None:
    ask_all(api, endpoint, mode, bounded(QUIET, max_examples=EXAMPLES, derandomize=True))


@pytest.mark.slow
@pytest.mark.parametrize(("endpoint", "mode"), CASES)
def test_many_answers_are_as_described(
    api: Any, endpoint: str, mode: schemathesis.GenerationMode
) -> None:
    ask_all(api, endpoint, mode, bounded(QUIET, max_examples=MANY))


def test_what_is_fuzzed_is_all_there_is(api: Any) -> None:
    assert len([*api.get_all_operations()]) == len(OPERATIONS)
