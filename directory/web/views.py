"""The pages: HTTP in, one domain call, HTTP out."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from directory.curating.own_record import OwnRecordRefused, own_person_id, seen_as
from directory.curating.remit import remit_of
from directory.looks import note_look
from directory.models import FieldAudience, Look, Person
from directory.search.find import BadCursor, SearchTooSlow
from directory.seen.people import PersonMerged
from directory.visibility import Viewer
from directory.web.dictionary_page import read_dictionary
from directory.web.home_page import read_home_page
from directory.web.organisation_list import OrganisationListForm, read_organisation_list
from directory.web.organisation_page import (
    OrganisationElsewhere,
    OrganisationNotFound,
    read_organisation_page,
)
from directory.web.page_number import page_number
from directory.web.person_page import read_person_page
from directory.web.places import person_url
from directory.web.refusals import bad_address, not_allowed, took_too_long
from directory.web.search_page import read_search_page
from directory.web.search_request import SearchRefused, read_search_request
from directory.web.suggest_box import read_suggestions
from directory.web.tag_page import TagElsewhere, TagNotFound, read_tag_page
from directory.web.team_page import NoSuchPage, TeamElsewhere, TeamNotFound, read_team_page
from directory.web.vcard import write_vcard
from directory.web.viewer import user_of, viewer_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One box, and ways to browse."""
    context = {"page": read_home_page(), "hide_header_search": True}
    return render(request, "directory/home.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """People, teams, organisations or expertise found; everything asked stands in the address."""
    try:
        asked = read_search_request(given=request.GET)
        if asked.explain and not _may_explain(request):
            return not_allowed(
                request,
                message="How results are ranked is shown to curators of an organisation, and to"
                " administrators. Everybody finds the same people without it.",
                url=asked.explained(explain=False),
                link="See the results without it",
            )
        page = read_search_page(
            viewer=viewer_of(request=request), request=asked, today=timezone.localdate()
        )
    except SearchRefused as refusal:
        return bad_address(request, problems=refusal.problems)
    except BadCursor as refusal:
        return bad_address(request, problems=(str(refusal),))
    except SearchTooSlow:
        return took_too_long(request, text=asked.text)
    context = {"page": page, "hide_header_search": True}
    return render(request, "directory/search.html", context)


def _may_explain(request: HttpRequest) -> bool:
    """Whether somebody may see what earned each hit its place."""
    return remit_of(user=user_of(request), now=timezone.now()).may_read_searches


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """What somebody may mean who is still typing, for the script of the search box."""
    try:
        return JsonResponse(read_suggestions(viewer=viewer_of(request=request), given=request.GET))
    except SearchRefused as refusal:
        return JsonResponse({"problems": refusal.problems}, status=400)
    except SearchTooSlow as refusal:
        return JsonResponse({"problems": [str(refusal)]}, status=503)


@require_safe
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One official. Somebody hidden and somebody who never was get the same answer."""
    viewer = viewer_of(request=request)
    try:
        if viewer.person_id == person_id and "as" in request.GET:
            return _seen_as(request, viewer, audience=request.GET["as"])
        page = read_person_page(viewer=viewer, person_id=person_id)
    except Person.DoesNotExist:
        raise Http404 from None
    except PersonMerged as merged:
        return redirect(person_url(merged.survivor_id), permanent=True)
    is_own = viewer.person_id == person_id
    note_look(viewer=viewer, what=Look.What.PAGE, person_id=person_id)
    return render(request, "directory/person.html", {"page": page, "is_own": is_own})


def _seen_as(request: HttpRequest, viewer: Viewer, *, audience: str) -> HttpResponse:
    """One's own page as somebody else sees it."""
    try:
        other = seen_as(viewer=viewer, audience=audience)
    except OwnRecordRefused as refusal:
        return bad_address(request, problems=(str(refusal),))
    page = read_person_page(viewer=other, person_id=own_person_id(viewer=viewer))
    context = {"page": page, "seen_as": FieldAudience.Audience(audience).label}
    return render(request, "directory/person.html", context)


@require_safe
def person_vcard(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The same official for an address book."""
    try:
        viewer = viewer_of(request=request)
        page = read_person_page(viewer=viewer, person_id=person_id)
    except Person.DoesNotExist:
        raise Http404 from None
    except PersonMerged as merged:
        return redirect(f"{person_url(merged.survivor_id)}.vcf", permanent=True)
    card = write_vcard(page=page, page_url=request.build_absolute_uri(person_url(page.person_id)))
    note_look(viewer=viewer, what=Look.What.CARD, person_id=person_id)
    file_name = f"{slugify(page.name) or 'official'}.vcf"
    return HttpResponse(
        card,
        content_type="text/vcard; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )


@require_safe
def team(request: HttpRequest, slug_path: str) -> HttpResponse:
    """One team; its people in pages."""
    number = page_number(request=request)
    if number is None:
        return bad_address(request, problems=("“page” is a whole number from 1.",))
    try:
        page = read_team_page(viewer=viewer_of(request=request), slug_path=slug_path, page=number)
    except (TeamNotFound, NoSuchPage):
        raise Http404 from None
    except TeamElsewhere as elsewhere:
        return redirect(elsewhere.url, permanent=True)
    return render(request, "directory/team.html", {"page": page})


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation, filtered by what the address says."""
    form = OrganisationListForm(request.GET)
    if not form.is_valid():
        problems = tuple(
            f"“{name}”: {' '.join(map(str, faults))}" for name, faults in form.errors.items()
        )
        return bad_address(request, problems=problems)
    chosen = {**form.cleaned_data, "page": form.cleaned_data["page"] or 1}
    page = read_organisation_list(viewer=viewer_of(request=request), **chosen)
    context = {"page": page, "chosen": chosen, "section": "organisations"}
    return render(request, "directory/organisations.html", context)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation."""
    try:
        page = read_organisation_page(viewer=viewer_of(request=request), slug=slug)
    except OrganisationNotFound:
        raise Http404 from None
    except OrganisationElsewhere as elsewhere:
        return redirect(elsewhere.url, permanent=True)
    return render(request, "directory/organisation.html", {"page": page})


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """One expertise: who knows it, and what is next to it."""
    try:
        page = read_tag_page(viewer=viewer_of(request=request), slug=slug)
    except TagNotFound:
        raise Http404 from None
    except TagElsewhere as elsewhere:
        return redirect(elsewhere.url, permanent=True)
    except SearchTooSlow:
        return took_too_long(request, text=slug)
    return render(request, "directory/tag.html", {"page": page})


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """What is held of whom, and in which words."""
    return render(request, "directory/dictionary.html", {"page": read_dictionary()})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the service is, and what to do where it is not."""
    return render(request, "directory/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is held about people, why, and their rights."""
    return render(request, "directory/privacy.html")
