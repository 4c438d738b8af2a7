"""The nouns, in reading order."""

from claims.models.access import ApiToken, Scope
from claims.models.articles import Appearance, Article
from claims.models.auditing import Audit
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
from claims.models.comments import Comment, ExpertLink
from claims.models.contacts import Complaint, Contact
from claims.models.corrections import Correction
from claims.models.cursors import Cursor
from claims.models.desk import Language, Outlet, Policy, Profile, Rating
from claims.models.history import Transition
from claims.models.invitations import Invitation
from claims.models.log import AuditEntry, LogBody, LogEntry, LogHead, LogNode, Publication
from claims.models.lookups import Evidence, ImportedCheck, Lookup, LookupsDue, Reading
from claims.models.matching import ClusterMember, FurtherAppearance, Match, Matching
from claims.models.notifications import Notification, NotificationChoice
from claims.models.outlets import CollectedItem, WatchedFeed
from claims.models.presence import Presence, WorkingCopy
from claims.models.queues import Rule, RuleApplication, SavedFilter
from claims.models.schedule import ScheduledPublication
from claims.models.searching import ClaimWords, WordsDue
from claims.models.signing_in import (
    FailedSignIns,
    Identity,
    RecoveryCode,
    SecondFactor,
    SignIn,
)
from claims.models.snapshots import Snapshot, SnapshotCheck
from claims.models.verdicts import (
    BlindRating,
    Contribution,
    Draft,
    Review,
    TranslationDraft,
    VerdictVersion,
)
from claims.models.webhooks import Delivery, Webhook

__all__ = [
    "OPEN_STATES",
    "WANTED_STATES",
    "ApiToken",
    "Appearance",
    "Article",
    "Audit",
    "AuditEntry",
    "BlindRating",
    "Claim",
    "ClaimWords",
    "Claimant",
    "ClaimantName",
    "ClusterMember",
    "CollectedItem",
    "Comment",
    "Complaint",
    "Contact",
    "Contribution",
    "Correction",
    "Cursor",
    "Delivery",
    "Draft",
    "Evidence",
    "ExpertLink",
    "FailedSignIns",
    "FurtherAppearance",
    "Identity",
    "ImportedCheck",
    "Invitation",
    "Kind",
    "Language",
    "LogBody",
    "LogEntry",
    "LogHead",
    "LogNode",
    "Lookup",
    "LookupsDue",
    "Match",
    "Matching",
    "Notification",
    "NotificationChoice",
    "Origin",
    "Outlet",
    "Policy",
    "Position",
    "Presence",
    "Profile",
    "Publication",
    "Rating",
    "Reading",
    "RecoveryCode",
    "Review",
    "Rule",
    "RuleApplication",
    "SavedFilter",
    "ScheduledPublication",
    "Scope",
    "SecondFactor",
    "SignIn",
    "Snapshot",
    "SnapshotCheck",
    "State",
    "Transition",
    "TranslationDraft",
    "VerdictVersion",
    "WatchedFeed",
    "Webhook",
    "WordsDue",
    "WorkingCopy",
]
