"""What we know of each language: which one a text is in, and how its words are compared.

Detection, matching and search all read their words through this package, so that a claim and the
query that looks for it are folded the same way. A language is one folder: word lists beside short
code, a ``script.py`` (direction, folding) and a ``grammar.py`` (words, clauses, times).
"""

from claims.languages._served import KNOWN, SERVED, UnknownLanguage, direction, label
from claims.languages.folding import fold, tokens
from claims.languages.identification import detect

__all__ = ["KNOWN", "SERVED", "UnknownLanguage", "detect", "direction", "fold", "label", "tokens"]
