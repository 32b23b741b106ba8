"""Addresses of the pages about feeds."""

from uuid import UUID

from django.urls import reverse

from directory.models import Feed, FeedRun
from directory.web.places import Place

HOME = Place(label="Curate", url="/curate/")
FEEDS = Place(label="Feeds", url="/curate/feeds/")


def feed_url(feed: Feed) -> str:
    """The page of a feed."""
    return reverse("curate:feed", args=[feed.slug])


def run_url(run_id: UUID) -> str:
    """The page of a run."""
    return reverse("curate:run", args=[run_id])


def feed_place(feed: Feed) -> Place:
    """A feed to go to."""
    return Place(label=str(feed), url=feed_url(feed))


def trail_to_feed(feed: Feed) -> tuple[Place, ...]:
    """The places above a page about a feed."""
    return (HOME, FEEDS, feed_place(feed))


def trail_to_run(run: FeedRun) -> tuple[Place, ...]:
    """The places above a page about a run."""
    return (
        *trail_to_feed(run.feed),
        Place(label=f"Run of {run.as_of:%-d %B %Y}", url=run_url(run.pk)),
    )
