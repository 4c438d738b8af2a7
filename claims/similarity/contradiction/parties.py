"""Whether two claims speak of the same people, bodies and places, in the same roles."""

import re
from collections.abc import Iterable, Sequence

from claims.languages import lexicon
from claims.similarity.contradiction import gazetteer, partial
from claims.similarity.contradiction.entities import Entities
from claims.similarity.contradiction.model import Reason
from claims.similarity.contradiction.names import Mention
from claims.similarity.contradiction.transliteration import alike, skeletons
from claims.similarity.contradiction.words import Claim, forms, phrases

# Shares of the words that two texts must have in common where only a capital at the head of a
# sentence says that somebody else acts.
_SAME_WORDING = 0.6
_SAME_ACT = 0.7
_AGAINST = {"en": frozenset({"over", "against"}), "ar": frozenset({"ضد", "امام"})}
# "Türk vatandaşlarına": a people's adjective before those to whom something is done.
_TO_MANY = re.compile(r".{2,}l[ae]r(?:[ae]|[ıi]n[aeıi])")
_OBJECT = frozenset(
    [
        "ı",
        "i",
        "u",
        "ü",
        "yı",
        "yi",
        "yu",
        "yü",
        "nı",
        "ni",
        "nu",
        "nü",
        "a",
        "e",
        "ya",
        "ye",
        "na",
        "ne",
    ]
)


def conflict(
    mine: Entities, theirs: Entities, claims: tuple[Claim, Claim], overlap: float
) -> Reason | None:
    """Another actor, another place. ``overlap``: the share of words in common, 0 across languages."""
    left = [one for one in mine.mentions if not _found(one, theirs.mentions, claims[1], claims[0])]
    right = [two for two in theirs.mentions if not _found(two, mine.mentions, claims[0], claims[1])]
    left, right = partial.told_apart(left, right, (mine, theirs), claims)
    if claims[0].code != claims[1].code:
        # Bodies and works have other names in another language; people and countries have not.
        left = [one for one in left if one.ids or one.person]
        right = [two for two in right if two.ids or two.person]
    place = _pair(_of(left, "place", "way"), _of(right, "place", "way"), overlap)
    actor = _pair(_of(left, "agent", "name"), _of(right, "agent", "name"), overlap)
    if actor is not None:
        return Reason("actor", *actor)
    if claims[0].code != claims[1].code:
        for entities, other in ((mine, claims[1]), (theirs, claims[0])):
            missing = _untold(entities, other)
            if missing:
                pair = (missing, "") if entities is mine else ("", missing)
                return Reason("actor", *pair)
    for fields in (True, False):
        here, there = (
            {kind for kind in kinds if kind.startswith("@") == fields}
            for kinds in (mine.kinds - theirs.kinds, theirs.kinds - mine.kinds)
        )
        if here and there and (fields or not (mine.kinds & theirs.kinds - here - there)):
            return Reason("actor", min(here).lstrip("@"), min(there).lstrip("@"))
    if place is not None:
        return Reason("place", *place)
    mixed = _pair([one for one in left if one.ids], [two for two in right if two.ids], overlap)
    return Reason("actor", *mixed) if mixed is not None else None


def _of(mentions: Sequence[Mention], *roles: str) -> list[Mention]:
    return [mention for mention in mentions if mention.role in roles]


def _pair(
    left: Sequence[Mention], right: Sequence[Mention], overlap: float
) -> tuple[str, str] | None:
    for one in left:
        for two in right:
            if bool(one.ids) != bool(two.ids) and not overlap:
                continue
            if (one.sure and two.sure) or overlap >= _SAME_WORDING:
                return one.text, two.text
    return None


def _found(one: Mention, others: Sequence[Mention], there: Claim, here: Claim) -> bool:
    """The name stands in the other claim, as a name or as a word that sounds like it."""
    if one.ids and any(two.ids and gazetteer.same(one.ids, two.ids) for two in others):
        return True
    if here.code == there.code:
        words = (form for word in there.words for form in forms(word.word, there.code))
        if any(_same_word(one.word, word, here.code) for word in words):
            return True
        return any(not two.ids and _spelt(one, two) for two in others)
    if one.ids:
        return False
    return any(alike(one.skeletons, ways) for ways in _sounds(there))


def _spelt(one: Mention, two: Mention) -> bool:
    """Two spellings of one name: the same sounds, at least three."""
    return any(len(way) > 2 for way in one.skeletons & two.skeletons)


def _untold(entities: Entities, there: Claim) -> str:
    """A name of two words or more of which none sounds like a word of the claim in Arabic."""
    if there.code != "ar":
        return ""
    sounds = list(_sounds(there))
    for chain in _chains(entities.mentions):
        heard = [one for one in chain if max(map(len, one.skeletons)) > 1]
        told = any(alike(one.skeletons, ways) for one in heard for ways in sounds)
        if len(chain) > 1 and chain[0].person and heard and not told:
            return " ".join(one.text for one in chain)
    return ""


def _chains(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The names that stand side by side, together."""
    found: list[list[Mention]] = []
    for mention in mentions:
        if mention.role != "name" or not mention.sure:
            continue
        if found and mention.at == found[-1][-1].at + 1:
            found[-1].append(mention)
        else:
            found.append([mention])
    return found


def _same_word(one: str, two: str, code: str) -> bool:
    if one == two:
        return True
    shorter, longer = sorted((one, two), key=len)
    if code == "ar":
        return False
    return len(shorter) >= 4 and longer.startswith(shorter) and len(longer) - len(shorter) <= 4


def _sounds(claim: Claim) -> Iterable[frozenset[str]]:
    for word in claim.words:
        if word.is_word and (claim.code == "ar" or word.capital):
            for form in forms(word.word, claim.code):
                yield skeletons(form, claim.code)


def shared(mine: Entities, theirs: Entities) -> int:
    """How many names of the one stand in the other as well; the words of one name are one."""
    return _parties([one for one, _ in _shared(mine, theirs)])


def _parties(mentions: Sequence[Mention]) -> int:
    named = {mention.at for mention in mentions if not mention.ids}
    return len({m.at for m in mentions if m.ids or m.at - 1 not in named})


def _shared(mine: Entities, theirs: Entities) -> list[tuple[Mention, Mention]]:
    return [
        (one, two)
        for one in mine.mentions
        for two in theirs.mentions
        if (one.ids and two.ids and gazetteer.same(one.ids, two.ids))
        or (not one.ids and not two.ids and alike(one.skeletons, two.skeletons))
    ]


def swapped(
    mine: Entities, theirs: Entities, claims: tuple[Claim, Claim], overlap: float
) -> Reason | None:
    """The two who act on one another have changed their places, in much the same words."""
    codes = (claims[0].code, claims[1].code)
    if codes[0] == codes[1] and overlap < _SAME_ACT:
        return None
    if _sourced(claims[0]) != _sourced(claims[1]) or any(map(_mutual, claims)):
        # A source is named before what it says, or behind it
        return None
    shared = [
        (one, two)
        for one, two in _shared(mine, theirs)
        if (codes[0] == codes[1] or one.ids) and "place" not in (one.role, two.role)
        if not _belongs(one, claims[0]) and not _belongs(two, claims[1])
    ]
    if _parties([one for one, _ in shared]) < 2:
        return None
    first = _acting([one for one, _ in shared], mine, claims[0])
    second = _acting([two for _, two in shared], theirs, claims[1])
    if first is None or second is None or (first, second) in shared:
        return None
    return Reason("roles", first.text, second.text)


def _sourced(claim: Claim) -> bool:
    """ "According to": a source is named without a verb."""
    return any(phrases(claim.code, "according").at(claim.words, i) for i in range(len(claim.words)))


def _mutual(claim: Claim) -> bool:
    """What is told is as true of either side: "met", "signed a deal"."""
    return any(phrases(claim.code, "mutual").at(claim.words, i) for i in range(len(claim.words)))


def _belongs(mention: Mention, claim: Claim) -> bool:
    """ "the mayor of Dunholm", "Dunholm mayor": the name only tells whose."""
    if claim.code != "en":
        return False
    words, at = claim.words, mention.at
    behind = words[at + 1].word if at + 1 < len(words) else ""
    return (at > 0 and words[at - 1].word == "of") or behind in lexicon.words("en", "titles")


def _acting(mentions: Sequence[Mention], entities: Entities, claim: Claim) -> Mention | None:
    """The one of them that acts: behind "by", else the first that is no object."""
    ordered = sorted(mentions, key=lambda mention: mention.at)
    for mention in ordered:
        if entities.agent >= 0 and abs(mention.at - entities.agent) <= 1:
            return mention
    free = [mention for mention in ordered if not _acted_on(mention, claim)]
    return free[0] if free else None


def _acted_on(mention: Mention, claim: Claim) -> bool:
    """An object, by its ending or the word before it: "a win over them"."""
    if claim.code == "tr":
        behind = claim.words[mention.at + 1 :][:1]
        given = bool(behind) and _TO_MANY.fullmatch(behind[0].word) is not None
        return mention.suffix in _OBJECT or (not mention.suffix and given)
    before = claim.words[mention.at - 1].word if mention.at else ""
    return before in _AGAINST.get(claim.code, ())
