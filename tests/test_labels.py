"""Openings of paragraphs, and the labels and ids that they give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.labels import is_sublabel, label_key, label_keys, local_id, split_label
from indexer.labels.headings import heading_part


@pytest.mark.parametrize(
    ("opening", "label", "natural_id"),
    [
        ("5. The Ministers", "5.", "para-5"),
        ("12a. The Ministers", "12a.", "para-12a"),
        ("5) the Ministers", "5)", "para-5"),
        ("(5) the Ministers", "(5)", "para-5"),
        ("1204. The Court", "1204.", "para-1204"),
        ("5.1 The Ministers", "5.1", "para-5-1"),
        ("5.1.2. the Ministers", "5.1.2.", "para-5-1-2"),
        ("(a) the Ministers", "(a)", "para-a"),
        ("iv) the Ministers", "iv)", "para-iv"),
        ("a. the Ministers", "a.", "para-a"),
        ("Art. 4(2) The Ministers", "Art. 4(2)", "art-4-2"),
        ("Article 4(2)(b) The Ministers", "Article 4(2)(b)", "art-4-2-b"),
        ("Article 5. the Ministers", "Article 5.", "art-5"),
        ("§ 12 The Ministers", "§ 12", "sec-12"),
        ("Section 2.1: the Ministers", "Section 2.1:", "sec-2-1"),
        ("¶ 3 the Ministers", "¶ 3", "para-3"),
        ("[12] the Ministers", "[12]", "para-12"),
        ("[1204] the Ministers", "[1204]", "para-1204"),
    ],
)
def test_labels(opening: str, label: str, natural_id: str) -> None:
    found = split_label(opening)
    assert found.label == label
    assert f"{label} {found.text}" == opening
    assert local_id(found.label) == natural_id


@pytest.mark.parametrize(
    ("opening", "label", "natural_id"),
    [
        ("6.No space", "6.", "para-6"),
        ("7 . Odd space", "7 .", "para-7"),
        ("12bis. The", "12bis.", "para-12bis"),
        ("12 bis. The", "12 bis.", "para-12bis"),
        ("13 A. The", "13 A.", "para-13a"),
        ("(1A) The", "(1A)", "para-1a"),
        ("(aa) the", "(aa)", "para-aa"),
        ("(za) the", "(za)", "para-za"),
        ("bb) the", "bb)", "para-bb"),
        ("A.1 The", "A.1", "para-a-1"),
        ("VII. The", "VII.", "para-vii"),
        ("1º The", "1º", "para-1"),
        ("17ª. The", "17ª.", "para-17"),
        ("16.- The", "16.-", "para-16"),
        ("OP4 bis The", "OP4 bis", "op-4bis"),
        ("1.—(1) These", "1.(1)", "para-1-1"),
        ("3. (1) The", "3. (1)", "para-3-1"),
        ("(1)(a)(i) The", "(1)(a)(i)", "para-1-a-i"),
        ("Article 4bis Title", "Article 4bis", "art-4bis"),
        ("ARTICLE 9. The", "ARTICLE 9.", "art-9"),
        ("Article IX. The", "Article IX.", "art-9"),
        ("Article premier – Le", "Article premier", "art-1"),
        ("Article 1er. Le", "Article 1er.", "art-1"),
        ("Article L121-1 Le", "Article L121-1", "art-l121-1"),
        ("Art. 5° The", "Art. 5°", "art-5"),
        ("Artículo 1º Los", "Artículo 1º", "art-1"),
        ("Статья 5. Текст", "Статья 5.", "art-5"),
        ("Άρθρο 3 Πεδίο", "Άρθρο 3", "art-3"),
        ("1. cikk Az", "1. cikk", "art-1"),
        ("§ 4a Absatz", "§ 4a", "sec-4a"),
        ("§ 16–1001. The", "§ 16–1001.", "sec-16-1001"),
        ("§§ 5 bis 7 Text", "§§ 5 bis 7", "sec-5-7"),
        ("12 § Denna", "12 §", "sec-12"),
        ("Regulation 4. The", "Regulation 4.", "reg-4"),
        ("Kapitel 2. Text", "Kapitel 2.", "ch-2"),
        ("Schedule 1: the", "Schedule 1:", "sch-1"),
        ("Nr. 3 Nummer", "Nr. 3", "para-3"),
        ("№ 4 Номер", "№ 4", "para-4"),
        ("а) Включить", "а)", "para-а"),
        ("α) κείμενο", "α)", "para-α"),
        ("第一百二十一条 公民", "第一百二十一条", "art-121"),
        ("一、締約國", "一、", "para-1"),
        ("（一）締約國", "（一）", "para-1"),
        ("1.為本公約", "1.", "para-1"),
        ("１．全角番号", "１．", "para-1"),
        ("제1조(목적) 이", "제1조", "art-1"),
        ("المادة 6 النص", "المادة 6", "art-6"),
        ("(أ) نص", "(أ)", "para-أ"),
        ("١. نص", "١.", "para-1"),
        ("۱۲. متن", "۱۲.", "para-12"),
        ("(א) טקסט", "(א)", "para-א"),
        ("अनुच्छेद 5 सभी", "अनुच्छेद 5", "art-5"),
        ("มาตรา ๑ ใน", "มาตรา ๑", "sec-1"),
        ("① 이", "①", "para-1"),
    ],
)
def test_labels_of_many_kinds_and_scripts(opening: str, label: str, natural_id: str) -> None:
    found = split_label(opening)
    assert found.label == label
    assert opening.endswith(found.text)
    assert local_id(found.label) == natural_id


@pytest.mark.parametrize(
    "text",
    [
        "5. März 2019",
        "5. März",
        "1. srpna 2018",
        "12. 5. 2020",
        "5. 8. 2019 Berlin",
        "5.III.2019",
        "3.5 million people",
        "1.000 Menschen",
        "2.5 Millionen",
        "12:30 Uhr",
        "5° C outside",
        "+49 30 1234",
        "5th. Fleet",
        "Art. 2 G v. 4.5.2021 I 882",
        "Art. 5 Abs. 2 Text",
        "§ 5 BGB regelt",
        "§ 5 gilt entsprechend",
        "Article 5, paragraph 2",
        "Articles 5 and 6 apply",
        "Section 5 of the Act",
        "Rule of law",
        "Part of the agreement",
        "Regulation (EU) No 575/2013 of the Parliament",
        "المادة 6 من الاتفاقية",
        "第五条规定",
        "г. Москва",
        "e. g. this",
        "p. 5 of the report",
        "(the) report",
        "(s)he said",
        "(c) 2020 The Press",
        "The Ministers",
        "S. Muhriddin noted",
        "30 states agreed",
        "2020. A year",
        "[2021] UKUT 245 (TCC)",
        "Article 4 of the Treaty applies",
        "I. Ivanov spoke",
        "mix) things",
        "5.",
        "",
    ],
)
def test_text_that_only_looks_like_a_label(text: str) -> None:
    assert split_label(text) == ("", text)


@pytest.mark.parametrize(
    ("typed", "label", "natural_id"),
    [
        ("5", "5.", "para-5"),
        ("4(2)", "Art. 4(2)", "art-4-2"),
        ("Article 4(2)", "(2)", "art-4-2"),
        ("art-4-2", "(2)", "art-4-2"),
        ("§ 12", "§ 12", "sec-12"),
        ("section 12", "§ 12", "sec-12"),
        ("12bis", "12 bis.", "para-12bis"),
        ("Article IX", "Article 9.", "art-9"),
    ],
)
def test_what_a_person_may_type_for_a_label(typed: str, label: str, natural_id: str) -> None:
    assert label_key(typed) in label_keys(label, natural_id)


def test_a_letter_counts_below_its_number() -> None:
    assert is_sublabel("(a)")
    assert not is_sublabel("5.")
    assert local_id("(a)", "para-5") == "para-5-a"


@pytest.mark.parametrize(
    ("label", "parent", "natural_id"),
    [
        ("5.1", "para-5", "para-5-1"),
        ("5.1.2", "para-5-1", "para-5-1-2"),
        ("4.2", "art-4", "art-4-2"),
        ("6.1", "para-5", "para-5-6-1"),
        ("5.", "para-5", "para-5-5"),
    ],
)
def test_a_label_that_says_its_parents_numbers_again(
    label: str, parent: str, natural_id: str
) -> None:
    assert local_id(label, parent) == natural_id


@given(st.text(alphabet="0159aivxAIVX.()[]（）、§№条第一二 -—°ªªأ٣", max_size=12))
def test_whatever_a_text_opens_with_nothing_of_it_is_lost(text: str) -> None:
    label, rest = split_label(text)
    assert text.strip().endswith(rest)
    kept = "".join((label + rest).split())
    assert kept == "".join(text.split()) or (label and set(text) & set("-—"))
    assert local_id(label) == local_id(label)
    label_keys(label, local_id(label))


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("3-бап. Негізгі ұғымдар", ("art", "3", "Негізгі ұғымдар")),
        ("3 бап", ("art", "3", "")),
        ("1-тарау. Жалпы ережелер", ("ch", "1", "Жалпы ережелер")),
        ("4‐статья", ("art", "4", "")),
        ("12-modda. Asosiy tushunchalar", ("art", "12", "Asosiy tushunchalar")),
        ("2-bob. Asosiy tushunchalar", ("ch", "2", "Asosiy tushunchalar")),
        ("3‐модда", ("art", "3", "")),
        ("Моддаи 4.", ("art", "4", "")),
        ("2‐nji madda:", ("art", "2", "")),
        ("5‐нҗи МАДДА", ("art", "5", "")),
        ("Điều 2:", ("art", "2", "")),
        ("סעיף ב.", ("sec", "2", "")),
        ("סעיף י״א", ("sec", "11", "")),
        ("المادة الأولى: تعريف", ("art", "1", "تعريف")),
        ("المادة الثانية عشرة", ("art", "12", "")),
        ("ماده ۴", ("art", "4", "")),
        ("مادهٔ دوم", ("art", "2", "")),
        ("مادهٔ بیست و هفتم", ("art", "27", "")),
        ("المادة الثانية والعشرون", None),
        ("סעיף זה קובע", None),
        ("3 статья закона", None),
        ("Bob C.", None),
    ],
)
def test_parts_in_languages_that_count_in_their_own_way(
    heading: str, part: tuple[str, str, str] | None
) -> None:
    assert heading_part(heading) == part
