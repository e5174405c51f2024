"""The signs that open the items of a list."""

import re

SIGNS = "•‣▪●○■◦⁃∙·*–—\uf0b7\uf0a7-"  # for a set in a pattern; two are of the font Symbol
BULLET = re.compile(rf"[{SIGNS}]\s+(?=\S)")
