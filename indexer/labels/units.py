"""Words by which official texts name their parts, in many languages, and their codes in ids."""

from enum import IntEnum
from functools import lru_cache
from unicodedata import normalize


class Rank(IntEnum):
    """How far out a part of a document stands; a part closes those of its own rank and below."""

    ANNEX = 0
    BOOK = 1
    PART = 2
    TITLE = 3
    CHAPTER = 4
    DIVISION = 5
    UNIT = 6  # what the numbers of paragraphs are counted in: an article, a section, a rule


# Code → its words. The words of one language stand together, those of all others behind them.
_ANNEXES = {
    "annex": "annex annexe anexo allegato anhang anlage bijlage bilaga bilag liite vedlegg"
    " приложение додаток приложения παράρτημα příloha załącznik melléklet anexa ملحق مرفق المرفق"
    " الملحق נספח prilog lampiran ek 附件 附錄 附录 附表 別表 별표 부록",
    "sch": "schedule",
    "app": "appendix appendice apéndice apêndice",
    "protocol": "protocol",
}
_CONTAINERS = {
    (Rank.BOOK, "book"): "book livre buch libro livro boek книга βιβλίο kniha księga könyv",
    (Rank.PART, "part"): "part partie teil parte deel del часть частина μέρος část część rész osa"
    " partea bagian phần kısım الجزء القسم חלק भाग ภาค",
    (Rank.TITLE, "title"): "title titre titel título titulo titolo τίτλος tytuł titlul otsikko",
    (Rank.CHAPTER, "ch"): "chapter chapitre kapitel capítulo capitulo capitolo hoofdstuk kapittel"
    " глава κεφάλαιο kapitola hlava rozdział fejezet capitolul luku peatükk nodaļa skyrius bab"
    " chương bölüm الفصل الباب פרק अध्याय หมวด глава розділ тарау боб боби fəsil فصل",
    (Rank.DIVISION, "div"): "division subdivision abschnitt unterabschnitt sección seccion sezione"
    " secção seção afdeling avdeling avsnitt раздел τμήμα oddíl dział oddział subsection subpart"
    " бөлім бөлүм бўлим boʻlim bo‘lim bo'lim"
    " subchapter mục jagu ส่วน",
}
_UNITS = {
    "art": "article articles art artikel artikels artículo articulo articolo artigo artigos"
    " статья статьи ст стаття член члан άρθρο αρθρο článek článok čl članak člen artykuł"
    " artikkel artikkeli artikla madde pasal điều articolul straipsnis neni cikk pants"
    " مادة المادة ماده مادهٔ مادۀ հոդված მუხლი अनुच्छेद modda модда моддаи madda мадда maddə бап"
    " берене чл অনুচ্ছেদ آرٹیکل ibara qodobka አንቀጽ មាត្រា ມາດຕາ artikolu airteagal erthygl"
    " artikulu artikulua artikulo artykul perkara grein",
    "sec": "section sections sec sect s sektion pykälä סעיף धारा มาตรา"
    " ধারা कलम دفعہ kifungu ပုဒ်မ seksyen seksyon seksiwn adran",
    "rule": "rule rules regel regla règle regola regra правило",
    "reg": "regulation regulations reg",
    "clause": "clause clauses clausula cláusula klausel ข้อ",
    "principle": "principle principe principio prinzip grundsatz принцип",
    "guideline": "guideline guidelines",
    "rec": "recital considérant considerando erwägungsgrund",
    "para": "paragraph paragraphs para paras paragraphe párrafo paragrafo parágrafo пункт point"
    " punkt ziffer pkt bod punto ponto",
}
# Too short, or too common at the start of a sentence, to mean a part without a number and a sign.
_WEAK = "s reg ст чл del osa ek rec points point paras regulations rules articles sections punkt"
WEAK = frozenset(_WEAK.split())

CODES = {
    word: code
    for code, words in (
        *_ANNEXES.items(),
        *((code, words) for (_, code), words in _CONTAINERS.items()),
        *_UNITS.items(),
    )
    for word in words.split()
} | {"§": "sec", "§§": "sec", "¶": "para", "¶¶": "para"}

_RANKS = (
    dict.fromkeys(_ANNEXES, Rank.ANNEX)
    | {code: rank for rank, code in _CONTAINERS}
    | dict.fromkeys(_UNITS, Rank.UNIT)
)

# Signs behind a Chinese, Japanese or Korean number that say which part it counts.
CJK_CODES = {
    **dict.fromkeys("條条조", "art"),
    **dict.fromkeys("款項项항", "para"),
    **dict.fromkeys("章장", "ch"),
    **dict.fromkeys("節节절", "div"),
    **dict.fromkeys("編编篇部편", "part"),
}


@lru_cache(maxsize=8192)
def code_of(word: str) -> str:
    """The code of a part's name, such as `art` for "Artikel"; empty where it is none."""
    return CODES.get(word.casefold() if word.isascii() else normalize("NFC", word.casefold()), "")


def rank_of(code: str) -> Rank:
    """How far out the parts with this code stand."""
    return _RANKS[code]
