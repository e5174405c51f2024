"""Parts of the patterns of official names: of a document's own, and of those that it cites."""

# What a symbol of the United Nations can begin with.
BODIES = (
    "A|S|E|T|ST|TD|DP|HRI|CCPR|CEDAW|CERD|CRC|CRPD|CAT|CMW|CED|UNEP|UNFF|UNW|FCCC|CBD|ICCD|ECE"
    "|CEPAL|LC|ISBA|SPLOS|CD|NPT|BWC|IDB|GC|GOV|INFCIRC|CTOC|CAC|PBC|HSP|HS|LOS|SAICM|ICC-ASP|WHA"
    "|EB|WT"
)
# A neutral citation with its year in brackets; those of law reports look alike, and are none.
NEUTRAL = (
    r"\[(?:19|20)\d\d\] (?!AC\b|QB\b|KB\b|Ch\b|Fam\b|WLR\b|SC\b|P\b|ICR\b|CMLR\b|SCR\b|Cr\b)"
    r"[A-Z][A-Za-z]{0,3}[A-Z][A-Za-z]{0,8}(?: (?:Civ|Crim|Fam|Comm|Admin|Ch|QB|KB|Env|T|P))?"
    r" \d{1,5}(?: \([A-Z][A-Za-z&]{0,10}\))?"
)
ECLI = r"ECLI:[A-Z]{2}:[A-Z0-9]{1,7}:\d{4}:[A-Z0-9.]{1,25}(?<!\.)"
