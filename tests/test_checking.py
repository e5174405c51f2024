"""Quotations are judged against a library, by each engine alike."""

import pytest

from indexer.checking.findings import Finding
from indexer.config import Settings
from indexer.index.entries import entries
from indexer.library import Library
from indexer.quotations.extract import Block
from indexer.quotations.verdicts import Verdict
from tests.conftest import EVERY_ENGINE, Keep, Write
from tests.helpers.engines import STARTED

FILES = {
    "1591.md": "---\ntitle: Resolution 1591 (2005)\ndate: 2005-03-29\nlanguage: en\n---\n"
    "Recalling its previous resolutions concerning the situation in Sudan,\n\n"
    "1. Emphasizes that there can be no military solution to the conflict in Darfur, and calls "
    "upon the Government to resume the talks rapidly without preconditions;\n\n"
    "2. Decides, in light of the failure of all parties to fulfil their commitments,\n\n"
    "(a) to establish a Committee of the Council consisting of all its members;\n\n"
    "(b) to request the Secretary-General to appoint a panel of four experts;\n\n"
    "3. Decides to remain seized of the matter.\n",
    "1706.md": "---\ntitle: Resolution 1706 (2006)\ndate: 2006-08-31\nlanguage: en\n---\n"
    "1. Requests all Member States to ensure the free movement of personnel and goods;\n\n"
    "2. Decides to remain seized of the matter.\n",
    "2504-zh.md": "---\nlanguage: zh\n---\n"
    "请秘书长继续向安理会通报任务的执行进展，各国不得使用武力解决争端，并至迟于7月31日提交书面报告；\n\n"
    "决定继续积极处理此案。\n",
    "2520-ar.md": "---\nlanguage: ar\n---\n"
    "وإذ يشدد على أهمية التعاون الكامل بين حكومة الصومال الاتحادية والولايات الأعضاء،\n\n"
    "يقرر ألا تستخدم الدول القوة في تسوية المنازعات القائمة بينها؛\n",
}

_WITH_ITEMS = (
    "Decides, in light of the failure of all parties to fulfil their commitments, (a) to establish "
    "a Committee of the Council consisting of all its members; (b) to request the "
    "Secretary-General to appoint a panel of four experts"
)
QUOTED = [
    ("there can be no military solution to the conflict in Darfur", Verdict.AS_WRITTEN),
    ("[t]here can be no military solution to the conflict", Verdict.TYPOGRAPHY),
    ("there can be … military solution to the conflict", Verdict.SHORTENED),
    ("military solution to the conflict in Darfur", Verdict.SHORTENED),
    ("there can be a military solution to the conflict in Darfur", Verdict.ALTERED),
    ("calls upon the Government there can be no military solution", Verdict.STITCHED),
    ("to resume the talks rapidly without preconditions the free movement of personnel and goods",
     Verdict.STITCHED),
    ("no military solution to the conflict … free movement of personnel and goods",
     Verdict.STITCHED),
    ("to fulfil their commitments, to establish a Committee of the Council", Verdict.AS_WRITTEN),
    (_WITH_ITEMS, Verdict.AS_WRITTEN),
    ("3. Decides to remain seized of the matter", Verdict.AS_WRITTEN),
    ("the price of fish in Iceland has risen by a quarter", Verdict.ABSENT),
    ("seized of the matter", Verdict.TOO_SHORT),
    ("各国不得使用武力解决争端", Verdict.AS_WRITTEN),
    ("各国得使用武力解决争端，并至迟", Verdict.ALTERED),
    ("使用武力解决争端，并至迟于", Verdict.SHORTENED),
    ("على أهمية التعاون الكامل بين حكومة الصومال", Verdict.AS_WRITTEN),
    ("ألّا تستخدم الدول القوة في تسوية المنازعات", Verdict.TYPOGRAPHY),
    ("أن تستخدم الدول القوة في تسوية المنازعات", Verdict.ALTERED),
]  # fmt: skip


@pytest.fixture(scope="module", params=STARTED)
def kept_by(request: pytest.FixtureRequest, kept: Keep) -> Library:
    return kept(FILES, request.param)


def finding(library: Library, text: str) -> Finding:
    (found,) = library.quotations.blocks([Block(text, is_quotation=True)]).findings
    return found


@pytest.mark.parametrize(("quotation", "verdict"), QUOTED)
def test_the_verdict_is_the_same_by_every_engine(
    kept_by: Library, quotation: str, verdict: Verdict
) -> None:
    assert finding(kept_by, quotation).verdict is verdict


def test_a_finding_leads_to_the_paragraph(kept_by: Library) -> None:
    (part,) = finding(kept_by, "there can be no military solution to the conflict in Darfur").parts
    assert [str(each.address) for each in part.place.passages] == ["/d/1591/para-1"]
    assert (part.place.edition, part.place.stands) == (1, True)


def test_words_of_several_places_lead_to_the_oldest_and_name_the_others(kept_by: Library) -> None:
    found = finding(kept_by, "Decides to remain seized of the matter.")
    assert found.parts[0].place.document.slug == "1591"
    assert [each.document.slug for each in found.elsewhere] == ["1706"]


def test_a_quotation_of_several_paragraphs_leads_to_each(kept_by: Library) -> None:
    text = "fulfil their commitments, (a) to establish a Committee of the Council"
    (part,) = finding(kept_by, text).parts
    assert [each.passage.id for each in part.place.passages] == ["para-2", "para-2-a"]


def test_the_pieces_of_a_stitched_one_lead_each_to_its_place(kept_by: Library) -> None:
    text = "no military solution to the conflict … free movement of personnel and goods"
    assert [part.place.document.slug for part in finding(kept_by, text).parts] == ["1591", "1706"]


def test_a_denial_that_was_cut_away_is_told(kept_by: Library) -> None:
    assert finding(kept_by, "there can be … military solution to the conflict").denies
    assert finding(kept_by, "使用武力解决争端，并至迟于").denies
    assert not finding(kept_by, "to resume the talks … without preconditions").denies


def test_what_is_covered_is_told(kept_by: Library) -> None:
    covered = kept_by.quotations.text("").covered
    assert (covered.documents, covered.first, covered.last) == (4, "2005-03-29", "2006-08-31")
    assert dict(covered.languages) == {"en": 2, "zh": 1, "ar": 1}


def test_a_draft_with_more_quotations_than_are_looked_at_says_so(kept_by: Library) -> None:
    checked = kept_by.quotations.text(" ".join(["“seized”"] * 501))
    assert (len(checked.findings), checked.is_cut) == (500, True)


OLD = "The Committee shall meet in Geneva every year in the month of March."
NEW = "The Committee shall meet in Vienna every two years, and whenever a member asks for it."


@pytest.fixture
def changed(library: Library, write: Write) -> Library:
    write("rules.md", f"---\nlanguage: en\n---\n{OLD}\n\nMembers are elected for three years.\n")
    write("gone.md", "---\nlanguage: en\n---\nThe seat of the office is in the city of Berne.\n")
    library.maintenance.sync()
    write("rules.md", f"---\nlanguage: en\n---\n{NEW}\n\nMembers are elected for three years.\n")
    (library.settings.corpus / "gone.md").unlink()
    library.maintenance.sync()
    return library


@EVERY_ENGINE
def test_words_of_an_earlier_edition_are_found_and_said_to_be(changed: Library) -> None:
    found = finding(changed, "shall meet in Geneva every year in the month of March")
    assert (found.verdict, found.wording) == (Verdict.EARLIER, Verdict.AS_WRITTEN)
    assert found.name == "only in edition 1"
    assert (found.parts[0].place.edition, found.parts[0].place.stands) == (1, False)
    now = finding(changed, "shall meet in Vienna every two years, and whenever")
    assert (now.verdict, now.parts[0].place.edition) == (Verdict.AS_WRITTEN, 2)


@EVERY_ENGINE
def test_words_of_a_document_that_has_left_are_found_and_said_to_be(changed: Library) -> None:
    found = finding(changed, "The seat of the office is in the city of Berne")
    assert (found.verdict, found.wording) == (Verdict.EARLIER, Verdict.AS_WRITTEN)
    assert not found.parts[0].place.document.present


def test_what_changes_meanwhile_is_known_to_the_next_check(changed: Library, write: Write) -> None:
    text = "shall meet in Geneva every year in the month of March"
    assert finding(changed, text).verdict is Verdict.EARLIER
    write("rules.md", f"---\nlanguage: en\n---\n{OLD}\n")
    changed.maintenance.sync()
    assert finding(changed, text).verdict is Verdict.AS_WRITTEN
    assert finding(changed, NEW).verdict is Verdict.EARLIER


def test_an_empty_library_has_nothing(library: Library, settings: Settings) -> None:
    assert settings.data.exists()
    library.maintenance.sync()
    assert finding(library, "there can be no military solution").verdict is Verdict.ABSENT


def test_a_title_in_quotation_marks_is_told_to_be_one(kept_by: Library) -> None:
    found = finding(kept_by, "Resolution 1706 (2006)")
    assert found.verdict is Verdict.TOO_SHORT
    assert found.titled
    assert found.titled.slug == "1706"
    assert finding(kept_by, "Resolution 9999 (2099)").titled is None


def test_of_long_quotations_the_beginnings_are_looked_at_and_that_is_told(kept: Keep) -> None:
    text = " ".join(f"Clause {n} says that ship {n} may enter harbour {n}." for n in range(400))
    library = kept({"long.md": text})
    found = finding(library, text)
    assert found.verdict is Verdict.AS_WRITTEN
    assert not found.quotation.is_whole
    assert len(found.quotation.text) <= 10_000
    many = [e for _ in range(30) for e in (Block(text, is_quotation=True), Block("Then:"))]
    checked = library.quotations.blocks(many)
    assert (len(checked.findings), checked.is_cut) == (20, True)


def test_a_quotation_may_go_through_many_paragraphs(kept: Keep) -> None:
    rules = [
        f"{n}. Rule {n} says that ship number {n} may enter harbour {n};" for n in range(1, 60)
    ]
    library = kept({"rules.md": "---\nlanguage: en\n---\n" + "\n\n".join(rules)})
    for quotation in (
        "\n".join(rules[5:50]),
        " ".join(rule.split(". ")[1] for rule in rules[5:50]),
    ):
        found = finding(library, quotation)
        assert found.verdict is Verdict.AS_WRITTEN
        assert [each.passage.label for each in found.parts[0].place.passages][::44] == ["6.", "50."]


def test_what_an_index_that_is_behind_still_has_is_not_said_to_stand(
    library: Library, write: Write
) -> None:
    write("rules.md", f"---\nlanguage: en\n---\n{OLD}\n")
    library.maintenance.sync()
    (document,), old = library.documents(), library.standing("rules", 1)
    write("rules.md", f"---\nlanguage: en\n---\n{NEW}\n")
    library.maintenance.sync()
    with library.engine.update() as batch:
        batch.put("rules", entries(document, old))
        batch.commit(library.engine.position() - 1)
    found = finding(library, "shall meet in Geneva every year in the month of March")
    assert (found.verdict, found.name) == (Verdict.EARLIER, "only in edition 1")
