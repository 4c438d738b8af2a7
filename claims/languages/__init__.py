"""What we know of the languages served: which one a text is in, and how its words are compared.

Detection, matching and search all read their words through this package, so that a claim and the
query that looks for it are folded the same way. A language is one folder: word lists beside short
code.
"""

from claims.languages._served import SERVED, UnknownLanguage, direction, label
from claims.languages.folding import fold, tokens
from claims.languages.identification import detect

__all__ = ["SERVED", "UnknownLanguage", "detect", "direction", "fold", "label", "tokens"]
