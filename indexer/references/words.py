"""The words with which texts in many languages cite a part, join numbers, and name a document."""

import re


def _words(text: str) -> str:
    """The words, or patterns of one word, as alternatives."""
    return "|".join(text.split())


# Code of ids → what a citation calls such a part, in the forms in which it stands in a sentence.
UNITS = {
    "art": _words(
        r"art(?:icles?|ikeln?|ikels|ículos?|iculos?|icolo|icoli|igos?|\.) article-?s? члена?"
        r" стат(?:ья|ьи|ье|ью|ьей|ей|ьям|ьях|ьями|ті|тя|тею) ст\. άρθρ(?:ο|ου|α|ων)"
        r" (?:وال|بال|لل|ال|و|ب|ل)?ماد(?:ة|تين|تان) (?:وال|بال|لل|ال|و)?مواد"
        r" artyku(?:ł|łu|le|łem|ły) art\.?"
    ),
    "sec": r"sections?|sect\.|ss?\.?|§§?",
    "rule": "rules?|règles?|reglas?",
    "reg": r"regulations?|regs?\.",
    "clause": "clauses?",
    "principle": "principles?|principes?|principios?",
    "guideline": "guidelines?",
    "rec": "recitals?|considérants?|considerandos?|erwägungsgr(?:und|unds|ünde|ünden)",
    "annex": _words(
        r"annex(?:es|e)? anexos? anhang anhangs allegat[oi] приложени(?:е|я|ю|и|ям|ях)"
        r" (?:ال|لل|بال)?مرفق"
    ),
    "sch": "schedules?",
    "app": "appendix|appendices",
    "para": _words(
        r"paragraphs? paras?\.? pars?\.? pár\. ¶¶? paragraphes? párrafos?"
        r" parágrafos? paragraf[oi] пункт(?:а|е|у|ом|ы|ов|ах|ам|ами)? п\. ziffern?"
        r" ziff\. ops? pps?"
        r" (?:وال|بال|لل|ال|و|ب|ل)?فقر(?:ة|تين|تان|ات)"
    ),
    "sub": _words(
        r"sub-?paragraphs? sub-?sections? sub-?clauses? points? items?"
        r" alin[ée]as? sous-?alinéas? sous-?paragraphes? apartados? absatz absatzes absätzen?"
        r" abs\. nummern? nr\. numéros?"
        r" comm[ai] числа? подпункт(?:а|е|у|ом|ы|ов|ах|ам)? част(?:ь|и|ью|ей|ях) абзац(?:а|е|ы)?"
    ),
    "letter": _words(r"buchstaben? buchst\. lettres? letras? lettera lettere lit\."),
    "sentence": "satz|sätze|sätzen|unterabsatz|unterabs\\.",
}
RELATIVE = frozenset(("sub", "letter"))  # those that count within the part that a text is in
INNER = frozenset(("para", "sub", "letter"))  # those that can count within an article
WITH_ROMAN = frozenset(("art", "annex", "app", "sch", "rule", "principle"))
SIGNS = {"段": "para", "條": "art", "条": "art", "款": "sub", "項": "sub", "项": "sub"}

AND = r"and/or|as well as|and|or|et|ou|ainsi que|y|e|o|u|und|oder|sowie|и|или|та|и/или|أو|و|och|og"
TO = r"to|through|à|au|a|al|bis|по|до|إلى|[-–—]"

# Behind a part and before the document that has it: "of its", "der", "de la", and nothing else.
_BETWEEN = (
    "of to in under from by at within the its their his her said de del du des d' d’ l' l’ la le"
    " les los el su sus sa ses da do das dos di della dell' dello der den dem von im in ihrer"
    " seiner van het из от в во его её ее их к ко ال من في الصادر"
    " council security general assembly united nations human rights economic and social"
    " conseil sécurité l’assemblée générale consejo seguridad asamblea sicherheitsrats"
    " generalversammlung совета безопасности генеральной ассамблеи مجلس الأمن الجمعية العامة"
    " resolution resolutions res. res résolution résolutions résolution resolución resoluciones"
    " резолюции резолюций резолюциях резолюцией قرار القرار قرارات القرارات القرارين قراره قرارها"
    " قراريه بقرار بالقرار unscr scr unsc sc ga unga un symbol document documents doc. judgment"
    " case decision report letter statement presidential regulation directive law act"
)
BETWEEN = frozenset(_BETWEEN.split())

THIS = re.compile(
    r"\W{0,2}(?:of|to|in|de|du|des|del|der|von)?\s?(?:this|the\spresent|these|hereof|herein|above|below"
    r"|(?:la|le|du|au|cet|cette)\s?(?:présente?)|de\slas?\spresentes?|del\spresente|de\s(?:este|esta)"
    r"|dieser|dieses|ci-dessus|ci-après|anterior|supra|infra|выше|ниже|настоящ|أعلاه|أدناه"
    r"|من\sهذا|本|上文|下文)",
    re.IGNORECASE,
)
SAME = re.compile(
    r"\s(?:(?:of|in|to|de|del|der)\s)?(?:that|the\ssame|the\ssaid|the\safore\S*|la\smême|ladite|cette"
    r"|dicha|esa|la\smisma|этой\sже|той\sже|указанной|derselben)\s(?:\w+\s){0,2}?"
    r"(?:resolution|résolution|resolución|резолюци|Resolution|judgment|decision|Convention|Act)",
)
OF = re.compile(
    r"\s(?:of|to|in|de|du|des|del|della|dell['’]|der|des|von|van)\b"
    r"|\s(?:из|от|к)\s|\sمن\s|\s?的|\s(?:d|de\sl)['’]",
    re.IGNORECASE,
)
_CAPITAL = r"(?:[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w-]{1,30}(?!['’]s\b)(?:['’]\w{2,20})?|(?:1[6-9]|20)\d\d)"
_SMALL = (
    r"(?:of|on|for|to|in(?!\sde[rnm]\b)|against|and|the|de|du|des|la|le|les|del|los|las|sobre|contra|para|relatif"
    r"|relative|aux|à|sur|der|die|das|zur|zum|über|von|den|о|об|по|на|в)"
)
# "of the" and a title, whose words have capitals but for small ones between them.
TITLE = re.compile(
    rf"\s(?:of|to|in|under|de|del|der|des|du)\s?(?:the\s|la\s|l['’]|el\s)?"
    rf"(?P<title>{_CAPITAL}(?:\s(?:{_SMALL}\s){{0,3}}{_CAPITAL}){{0,12}})"
)
CODE = re.compile(r"\s(?P<title>[A-ZÄÖÜ][a-zäöü]{0,6}[A-ZÄÖÜ]{1,6}[A-Za-z]{0,6}\b)(?!\s?[/\d])")
