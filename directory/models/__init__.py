"""Every model of the directory; other rooms import from here."""

from directory.models import audit  # noqa: F401 - attaches the trail to the models
from directory.models.alerts import Canary, SecurityAlert
from directory.models.audit_chain import AuditBatch, AuditLink
from directory.models.cases import Case
from directory.models.corrections import Correction
from directory.models.expertise import (
    AlternativeLabel,
    BroaderTag,
    Endorsement,
    Expertise,
    ExpertiseTag,
)
from directory.models.exports import SearchExport
from directory.models.feed_trail import FeedTrailEntry
from directory.models.feeds import Feed
from directory.models.grants import Credential, CredentialUse, Grant, GrantProposal
from directory.models.locations import Location
from directory.models.looks import Look
from directory.models.notices import Notice, NoticeReceipt
from directory.models.organisation import (
    Organisation,
    OrganisationDomain,
    OrganisationName,
    OrganisationParent,
    OrganisationSuccession,
)
from directory.models.people import Appointment, Person
from directory.models.record_owners import RecordOwner
from directory.models.runs import FeedRun, PlannedChange, ReplacedRecord, RowFault
from directory.models.saved_searches import SavedSearch, SearchDigest
from directory.models.search import (
    SearchEntry,
    SearchLabel,
    SearchTally,
    SearchTerm,
    VainSearch,
)
from directory.models.sources import SourceRecord
from directory.models.structure import Post, Team
from directory.models.visibility import (
    FieldAudience,
    ListingHold,
    OrganisationAudience,
    ShownField,
)
from directory.models.vocabulary import Grade, GradeTranslation, Profession, ProfessionTranslation

__all__ = [
    "AlternativeLabel",
    "Appointment",
    "AuditBatch",
    "AuditLink",
    "BroaderTag",
    "Canary",
    "Case",
    "Correction",
    "Credential",
    "CredentialUse",
    "Endorsement",
    "Expertise",
    "ExpertiseTag",
    "Feed",
    "FeedRun",
    "FeedTrailEntry",
    "FieldAudience",
    "Grade",
    "GradeTranslation",
    "Grant",
    "GrantProposal",
    "ListingHold",
    "Location",
    "Look",
    "Notice",
    "NoticeReceipt",
    "Organisation",
    "OrganisationAudience",
    "OrganisationDomain",
    "OrganisationName",
    "OrganisationParent",
    "OrganisationSuccession",
    "Person",
    "PlannedChange",
    "Post",
    "Profession",
    "ProfessionTranslation",
    "RecordOwner",
    "ReplacedRecord",
    "RowFault",
    "SavedSearch",
    "SearchDigest",
    "SearchEntry",
    "SearchExport",
    "SearchLabel",
    "SearchTally",
    "SearchTerm",
    "SecurityAlert",
    "ShownField",
    "SourceRecord",
    "Team",
    "VainSearch",
]
