"""Which documents are versions of one work."""

import pytest

from indexer.document import Metadata
from indexer.works.identity import are_one_work, work_keys

FRBR = "/akn/un/statement/deliberation/unsc/2020-02-11/2508-2020/"


def named(*names: str, work: str = "") -> Metadata:
    return Metadata(names=names, work=work)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (named("S/RES/2508 (2020)"), named("S/RES/2508(2020)"), True),
        (named("S/RES/2508 (2020)", FRBR), named(FRBR), True),
        (named("S/RES/2508 (2020)", FRBR), named("S/RES/2509 (2020)", FRBR), False),
        (named("S/RES/2508 (2020)", "S/2020/1"), named("S/2020/1"), False),
        (named("S/RES/2508 (2020)"), named(work="S/RES/2508 (2020)"), True),
        (named("S/2020/1", work="Charter"), named("S/2020/2", work="charter"), True),
        (named("S/2020/1", work="Charter"), named("S/2020/1"), False),
        (named(), named(), False),
    ],
)
def test_names_of_their_own_decide(one: Metadata, other: Metadata, same: bool) -> None:
    assert are_one_work(one, other) is same
    assert are_one_work(other, one) is same


def test_an_address_leads_to_versions_too() -> None:
    assert len(work_keys(named("S/RES/2508 (2020)", "S/2020/1", FRBR))) == 2
    assert not work_keys(named())
