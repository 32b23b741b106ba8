"""The organisations feeds are made for: some real by name, some invented; the people never real."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

_API = "https://www.gov.uk/api/organisations/"
_WEB = "https://www.gov.uk/government/organisations/"

#: Slug, title, abbreviation, kind, parents, e-mail label, key pattern, layout, size weight.
#: Key patterns take the person's number. The largest come first.
_TABLE = """
ministry-of-justice|Ministry of Justice|MoJ|Ministerial department||justice|MJ-{}|csv|240
home-office|Home Office|HO|Ministerial department||homeoffice|HO{}|csv|170
department-for-education|Department for Education|DfE|Ministerial department||education|{}|mapped|
  130
hm-treasury|HM Treasury|HMT|Ministerial department||treasury|00{}|tsv|110
department-for-transport|Department for Transport|DfT|Ministerial department||dft|T{}|semicolon|85
department-for-rivers-and-coasts|Department for Rivers and Coasts|DRC|Ministerial department||
  rivers|{}|csv|65
ferry-and-harbour-agency|Ferry and Harbour Agency|FHA|Executive agency|department-for-transport|
  harbours|FH-{}|csv|50
office-for-public-standards|Office for Public Standards|OPS|Non-ministerial department||standards|
  {}|organogram|40
land-and-soil-commission|Land and Soil Commission|LSC|Executive non-departmental public body|
  department-for-rivers-and-coasts|soil|LS{}|csv|35
tidal-energy-authority|Tidal Energy Authority|TEA|Executive non-departmental public body|
  department-for-rivers-and-coasts hm-treasury|tides|{}|csv|30
rural-parcels-service|Rural Parcels Service|RPS|Executive agency|department-for-transport|parcels|
  RP-{}|csv|25
national-map-archive|National Map Archive|NMA|Non-ministerial department||maps|A{}|csv|20
department-for-culture-media-and-sport|Department for Culture, Media and Sport|DCMS|
  Ministerial department||culture|{}|csv|60
ministry-of-housing-communities-and-local-government|
  Ministry of Housing, Communities and Local Government|MHCLG|Ministerial department||communities|
  HC{}|semicolon|70
night-work-inspectorate|Night Work Inspectorate|NWI|Executive agency|
  ministry-of-housing-communities-and-local-government|nightwork|N{}|csv|28
clock-and-calendar-office|Clock and Calendar Office|CCO|Executive agency|
  department-for-culture-media-and-sport|clocks|{}|csv|16
beacon-and-lighthouse-service|Beacon and Lighthouse Service|BLS|Executive agency|
  department-for-transport|beacons|B-{}|tsv|18
fairs-and-festivals-authority|Fairs and Festivals Authority||
  Executive non-departmental public body|department-for-culture-media-and-sport|fairs|F{}|csv|14
weather-resilience-office|Weather Resilience Office|WRO|Executive agency|
  department-for-rivers-and-coasts|weather|W{}|csv|22
allotments-ombudsman|Allotments Ombudsman||Other||allotments|{}|csv|12
"""

_DEPARTMENTS = ("Ministerial department", "Non-ministerial department")


@dataclass(frozen=True, slots=True)
class Organisation:
    """
    One organisation and how it delivers its staff.

    kind: `format` in the GOV.UK organisations API.
    parents: slugs, of which some may not take part in a run.
    email_domain: under example.gov.uk, which nobody can own.
    key_pattern: its personnel numbers, `{}` standing for the number.
    layout: csv, tsv, semicolon, mapped (other headers, with a mapping) or organogram.
    weight: its size beside the others.
    """

    slug: str
    title: str
    abbreviation: str
    kind: str
    parents: tuple[str, ...]
    email_domain: str
    key_pattern: str
    layout: str
    weight: int

    @property
    def is_department(self) -> bool:
        """Led by a permanent secretary rather than a chief executive."""
        return self.kind in _DEPARTMENTS

    @property
    def code(self) -> str:
        """First letters of its team codes and post numbers."""
        return (self.abbreviation or self.email_domain[:3]).upper()


def _read(line: str) -> Organisation:
    slug, title, abbreviation, kind, parents, label, pattern, layout, weight = line.split("|")
    return Organisation(
        slug=slug,
        title=title,
        abbreviation=abbreviation,
        kind=kind,
        parents=tuple(parents.split()),
        email_domain=f"{label}.example.gov.uk",
        key_pattern=pattern,
        layout=layout,
        weight=int(weight),
    )


ORGANISATIONS: tuple[Organisation, ...] = tuple(
    _read(line) for line in _TABLE.strip().replace("\n  ", "").splitlines()
)


def share_out(
    *,
    people: int,
    organisations: Sequence[Organisation],
    at_least: int,
    organogram_limit: int,
) -> dict[str, int]:
    """
    How many people each organisation has, by slug; they add up to `people` exactly.

    at_least: people even the smallest gets; `people` must suffice for it.
    organogram_limit: people an organogram return names at most; the largest gets the others.
    """
    spare = people - at_least * len(organisations)
    total = sum(organisation.weight for organisation in organisations)
    sizes: dict[str, int] = {}
    for organisation in organisations:
        size = at_least + spare * organisation.weight // total
        if organisation.layout == "organogram":
            size = min(size, organogram_limit)
        sizes[organisation.slug] = size
    sizes[organisations[0].slug] += people - sum(sizes.values())
    return sizes


def organisations_document(*, organisations: Sequence[Organisation]) -> dict[str, Any]:
    """The organisations as one answer of the GOV.UK organisations API, only these among them."""
    taking_part = {organisation.slug for organisation in organisations}
    return {
        "results": [
            {
                "id": _API + organisation.slug,
                "title": organisation.title,
                "format": organisation.kind,
                "updated_at": "2026-04-01T09:00:00Z",
                "web_url": _WEB + organisation.slug,
                "details": {
                    "slug": organisation.slug,
                    "abbreviation": organisation.abbreviation or None,
                    "logo_formatted_name": organisation.title,
                    "organisation_brand_colour_class_name": None,
                    "organisation_logo_type_class_name": "no-identity",
                    "closed_at": None,
                    "govuk_status": "live",
                    "govuk_closed_status": None,
                    "content_id": str(uuid5(NAMESPACE_URL, _API + organisation.slug)),
                },
                "analytics_identifier": None,
                "parent_organisations": _links(
                    slug for slug in organisation.parents if slug in taking_part
                ),
                "child_organisations": _links(
                    child.slug for child in organisations if organisation.slug in child.parents
                ),
                "superseded_organisations": [],
                "superseding_organisations": [],
            }
            for organisation in organisations
        ]
    }


def _links(slugs: Iterable[str]) -> list[dict[str, str]]:
    return [{"id": _API + slug, "web_url": _WEB + slug} for slug in slugs]
