from claims.languages.shapes import Piece, Span


def normal(w):
    return w.lower()


def pieces(text, tokens, quotes, ranges):
    return [[Piece(Span(tokens[lo].start, tokens[hi - 1].end))] for lo, hi in ranges]


def times(tokens):
    return []


def tense(words):
    return "past"
