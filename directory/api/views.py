"""The resources: each view makes one domain call and writes down its answer."""

from typing import Any
from uuid import UUID

from django.http import HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api import descriptions, search_serializers, serializers
from directory.api.authentication import may_explain
from directory.api.endpoint import Endpoint
from directory.api.errors import ExplainRefused
from directory.api.filters import (
    OrganisationFilters,
    OrganisationRecordFilters,
    PersonFilters,
    SearchFilters,
    TagFilters,
    TagRecordFilters,
    TeamFilters,
    TeamRecordFilters,
    search_query,
)
from directory.search import find
from directory.search.related import asking_for
from directory.seen import people, structure, vocabulary


class PeopleListing(Endpoint):
    """A list of people that can be searched."""

    filters = SearchFilters

    def given(self) -> dict[str, Any]:
        """
        The parameters' values.

        :raises InvalidParameters: as any resource. :raises ExplainRefused: to whom is no curator.
        """
        given = super().given()
        if given["explain"] and not may_explain(request=self.request):
            raise ExplainRefused
        return given

    def people_shown(
        self, listed: people.PageOfPeople, given: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """The people of a page, with what earned them their place where that is asked."""
        explained = listed.explained if given["explain"] else None
        return self.all_shown(
            search_serializers.FoundPersonSerializer, listed.people, given, explained=explained
        )


class PeopleView(PeopleListing):
    """
    People in post.

    Without words and filters everybody, in the order of their ids, for those who read the
    whole directory; with words the best match first; with filters alone by name.
    """

    @descriptions.page(
        name="list_people",
        answer="PageOfPeople",
        summary="List or search people",
        of=search_serializers.FoundPersonSerializer,
        filters=SearchFilters,
        tag="people",
    )
    def get(self, request: Request) -> Response:
        """Everybody, or the people a search finds."""
        given = self.given()
        query = search_query(given=given)
        page = {"size": given["size"], "cursor": given["cursor"]}
        # Spaces and unseen marks find nobody: everybody is for those who ask for nothing at all.
        if request.query_params.get("q") or query.has_filters:
            listed = people.found(
                viewer=self.viewer(),
                query=query,
                exactly=False,
                sort=given["sort"],
                explain=given["explain"],
                **page,
            )
        else:
            listed = people.everyone(viewer=self.viewer(), **page)
        return self.page(
            results=self.people_shown(listed, given),
            next_cursor=listed.next_cursor,
        )


class SearchView(PeopleListing):
    """People as the search page finds them, with their number and counts beside the filters."""

    @descriptions.page(
        name="search",
        answer="SearchAnswer",
        summary="Search people, with counts beside the filters",
        of=search_serializers.FoundPersonSerializer,
        filters=SearchFilters,
        tag="people",
        counted=True,
    )
    def get(self, request: Request) -> Response:
        """The people a search finds; nobody when it asks for nothing."""
        given = self.given()
        answer = people.found(
            viewer=self.viewer(),
            query=search_query(given=given),
            size=given["size"],
            cursor=given["cursor"],
            facets=True,
            sort=given["sort"],
            asked_on=timezone.localdate(),
            explain=given["explain"],
        )
        return self.page(
            results=self.people_shown(answer, given),
            next_cursor=answer.next_cursor,
            total=answer.total,
            is_about=answer.is_about,
            is_closest=answer.is_closest,
            facets=search_serializers.FacetsSerializer(answer.facets).data,
            related_expertise=self._related(answer.related),
            nothing_found=self._nothing_found(answer.nothing_found),
        )

    def _related(self, tags: tuple[find.FacetValue, ...]) -> Any:
        def url(tag: find.FacetValue) -> str:
            return self.address(asked=[asking_for(slug=tag.value, label=tag.label)])

        context = {"asking_for": url}
        return search_serializers.RelatedTagSerializer(tags, many=True, context=context).data

    def _nothing_found(self, nothing: find.NothingFound | None) -> Any:
        if nothing is None:
            return None
        context = {"with_text": self._with_text, "without": self._without}
        return search_serializers.NothingFoundSerializer(nothing, context=context).data

    def _with_text(self, text: str) -> str:
        asked = [(name, value) for name, value in self.asked() if name not in ("q", "cursor")]
        return self.address(asked=[("q", text), *asked])

    def _without(self, name: str) -> str:
        return self.address(
            asked=[pair for pair in self.asked() if pair[0] not in (name, "cursor")]
        )


class PersonView(Endpoint):
    """One person; somebody hidden and somebody who never was get the same answer."""

    filters = PersonFilters

    @descriptions.one(
        name="read_person",
        summary="Read one person, with their history and who stated what",
        serializer=serializers.PersonRecordSerializer,
        filters=PersonFilters,
        tag="people",
        moves=True,
    )
    def get(self, request: Request, person_id: UUID) -> HttpResponseBase:
        """The record; that of the survivor is named if it was merged into another."""
        given = self.given()
        try:
            record = people.record(viewer=self.viewer(), person_id=person_id)
        except people.PersonMerged as merged:
            return HttpResponsePermanentRedirect(
                request.build_absolute_uri(f"../{merged.survivor_id}/"), preserve_request=True
            )
        return self.one(serializers.PersonRecordSerializer, record, given)


class TeamsView(Endpoint):
    """Live teams by name."""

    filters = TeamFilters

    @descriptions.page(
        name="list_teams",
        answer="PageOfTeams",
        summary="List or find teams",
        of=serializers.TeamSerializer,
        filters=TeamFilters,
        tag="teams",
    )
    def get(self, request: Request) -> Response:
        """The teams a search by name finds; all of them without words."""
        given = self.given()
        found = find.find_teams(
            viewer=self.viewer(),
            text=given["q"],
            organisations=given["organisation"],
            size=given["size"],
            cursor=given["cursor"],
        )
        teams = structure.teams(team_ids=found.ids)
        return self.page(
            results=self.all_shown(serializers.TeamSerializer, teams, given),
            next_cursor=found.next_cursor,
        )


class TeamView(Endpoint):
    """One team, live or closed."""

    filters = TeamRecordFilters

    @descriptions.one(
        name="read_team",
        summary="Read one team, with its place in the tree and its numbers",
        serializer=serializers.TeamRecordSerializer,
        filters=TeamRecordFilters,
        tag="teams",
    )
    def get(self, request: Request, team_id: UUID) -> Response:
        """The record."""
        given = self.given()
        record = structure.team_record(viewer=self.viewer(), team_id=team_id)
        return self.one(serializers.TeamRecordSerializer, record, given)


class OrganisationsView(Endpoint):
    """Organisations by name, live ones first."""

    filters = OrganisationFilters

    @descriptions.page(
        name="list_organisations",
        answer="PageOfOrganisations",
        summary="List or find organisations",
        of=serializers.OrganisationSerializer,
        filters=OrganisationFilters,
        tag="organisations",
    )
    def get(self, request: Request) -> Response:
        """The organisations a search by name finds; all of them without words."""
        given = self.given()
        found = find.find_organisations(
            viewer=self.viewer(), text=given["q"], size=given["size"], cursor=given["cursor"]
        )
        bodies = structure.organisations(organisation_ids=found.ids)
        return self.page(
            results=self.all_shown(serializers.OrganisationSerializer, bodies, given),
            next_cursor=found.next_cursor,
        )


class OrganisationView(Endpoint):
    """One organisation, live or closed."""

    filters = OrganisationRecordFilters

    @descriptions.one(
        name="read_organisation",
        summary="Read one organisation, with its neighbours and top teams",
        serializer=serializers.OrganisationRecordSerializer,
        filters=OrganisationRecordFilters,
        tag="organisations",
    )
    def get(self, request: Request, slug: str) -> Response:
        """The record."""
        given = self.given()
        record = structure.organisation_record(slug=slug)
        return self.one(serializers.OrganisationRecordSerializer, record, given)


class ExpertiseView(Endpoint):
    """The tags in use by label."""

    filters = TagFilters

    @descriptions.page(
        name="list_expertise",
        answer="PageOfTags",
        summary="List or find tags of expertise",
        of=serializers.TagSerializer,
        filters=TagFilters,
        tag="expertise",
    )
    def get(self, request: Request) -> Response:
        """The tags a search by label finds; all of them without words."""
        given = self.given()
        found = find.find_tags(
            viewer=self.viewer(), text=given["q"], size=given["size"], cursor=given["cursor"]
        )
        tags = vocabulary.tags(viewer=self.viewer(), tag_ids=found.ids)
        return self.page(
            results=self.all_shown(serializers.TagSerializer, tags, given),
            next_cursor=found.next_cursor,
        )


class TagView(Endpoint):
    """One tag of expertise."""

    filters = TagRecordFilters

    @descriptions.one(
        name="read_tag",
        summary="Read one tag of expertise, with those wider, narrower and related",
        serializer=serializers.TagSerializer,
        filters=TagRecordFilters,
        tag="expertise",
        moves=True,
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """The tag; the one it became is named if it was merged."""
        given = self.given()
        try:
            tag = vocabulary.tag_record(viewer=self.viewer(), slug=slug)
        except vocabulary.TagMerged as merged:
            return HttpResponsePermanentRedirect(
                request.build_absolute_uri(f"../{merged.slug}/"), preserve_request=True
            )
        return self.one(serializers.TagSerializer, tag, given)
