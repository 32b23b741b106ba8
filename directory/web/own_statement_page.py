"""What the pages show on which officials say something of themselves."""

from dataclasses import dataclass

from directory.curating.own_record import own_person_id
from directory.models import Expertise, ExpertiseTag, SourceRecord
from directory.profile import FIELD_POLICY
from directory.visibility import Viewer
from directory.web.places import Place, tag_place


@dataclass(frozen=True, slots=True)
class OwnClaim:
    """
    Something one knows.

    is_own: one said so oneself, and can take it back. is_proposed: curators have yet to approve it.
    """

    tag_id: str
    tag: Place
    level: str
    is_own: bool
    is_proposed: bool


@dataclass(frozen=True, slots=True)
class OwnExpertisePage:
    """All one claims to know, by name."""

    claims: tuple[OwnClaim, ...]


def hr_says(*, viewer: Viewer) -> dict[str, str]:
    """
    What feeds say of the viewer now, by field; of several the newest.

    :raises NoOwnRecord: if they have no record.
    """
    records = SourceRecord.objects.filter(
        subject_id=own_person_id(viewer=viewer),
        kind="person",
        origin=SourceRecord.Origin.FEED,
        state=SourceRecord.State.CURRENT,
    )
    said: dict[str, str] = {}
    for record in records.order_by("stated_on", "pk"):
        said |= {
            field: record.statement[field] for field in FIELD_POLICY if record.statement.get(field)
        }
    return said


def read_own_expertise(*, viewer: Viewer) -> OwnExpertisePage:
    """
    What the viewer claims to know.

    :raises NoOwnRecord: if they have no record.
    """
    held = (
        Expertise.objects.filter(person=own_person_id(viewer=viewer))
        .select_related("tag", "tag__merged_into", "source")
        .order_by("tag__preferred_label")
    )
    return OwnExpertisePage(
        claims=tuple(
            OwnClaim(
                tag_id=str(claim.tag_id),
                tag=tag_place(claim.tag.merged_into or claim.tag),
                level=claim.get_level_display() if claim.level else "",
                is_own=claim.source is not None
                and claim.source.origin == SourceRecord.Origin.PERSON,
                is_proposed=claim.tag.status == ExpertiseTag.Status.PROPOSED,
            )
            for claim in held
        )
    )
