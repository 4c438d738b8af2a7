"""The nouns, in reading order."""

from claims.models.access import ApiToken, Scope
from claims.models.articles import Appearance, Article
from claims.models.claims import (
    OPEN_STATES,
    WANTED_STATES,
    Claim,
    Claimant,
    ClaimantName,
    Kind,
    Origin,
    Position,
    State,
)
from claims.models.corrections import Correction
from claims.models.desk import Language, Outlet, Policy, Profile, Rating
from claims.models.history import Transition
from claims.models.log import LogBody, LogEntry, LogHead, LogNode, Publication
from claims.models.lookups import Evidence, ImportedCheck, Lookup, Reading
from claims.models.matching import ClusterMember, FurtherAppearance, Match, Matching
from claims.models.outlets import CollectedItem, WatchedFeed
from claims.models.snapshots import Snapshot, SnapshotCheck
from claims.models.verdicts import Contribution, Draft, Review, VerdictVersion

__all__ = [
    "OPEN_STATES",
    "WANTED_STATES",
    "ApiToken",
    "Appearance",
    "Article",
    "Claim",
    "Claimant",
    "ClaimantName",
    "ClusterMember",
    "CollectedItem",
    "Contribution",
    "Correction",
    "Draft",
    "Evidence",
    "FurtherAppearance",
    "ImportedCheck",
    "Kind",
    "Language",
    "LogBody",
    "LogEntry",
    "LogHead",
    "LogNode",
    "Lookup",
    "Match",
    "Matching",
    "Origin",
    "Outlet",
    "Policy",
    "Position",
    "Profile",
    "Publication",
    "Rating",
    "Reading",
    "Review",
    "Scope",
    "Snapshot",
    "SnapshotCheck",
    "State",
    "Transition",
    "VerdictVersion",
    "WatchedFeed",
]
