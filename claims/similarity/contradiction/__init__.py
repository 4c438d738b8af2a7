"""The guard beside the score: no embedding tells a claim from its denial or from another number.

``read`` makes of a text what is compared (numbers, times, polarity, names), once; ``judge`` compares
two of them within a millisecond. What conflicts is never called the same.
"""

from claims.similarity.contradiction.judging import Reading, judge, read
from claims.similarity.contradiction.model import Judgement, Reason, in_words

__all__ = ["Judgement", "Reading", "Reason", "in_words", "judge", "read"]
