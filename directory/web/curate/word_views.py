"""The page on which a feed's own words for grades and professions are translated."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from directory.curating.remit import FeedRefused
from directory.curating.words import translate_grade, translate_profession
from directory.models import Grade, Profession
from directory.web.curate.doors import open_feed
from directory.web.curate.forms import WordForm
from directory.web.curate.places import trail_to_feed
from directory.web.curate.words_page import read_words_page
from directory.web.viewer import user_of


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, slug: str) -> HttpResponse:
    """Each unknown word once, with a way to say what it means."""
    now = timezone.now()
    feed, _ = open_feed(request, slug, now=now, to_decide=True)
    form = WordForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            if said["kind"] == "grade":
                grade = Grade.objects.get(code=said["meaning"])
                translate_grade(
                    feed=feed, value=said["value"], grade=grade, actor=user_of(request), now=now
                )
            else:
                profession = Profession.objects.get(slug=said["meaning"])
                translate_profession(
                    feed=feed,
                    value=said["value"],
                    profession=profession,
                    actor=user_of(request),
                    now=now,
                )
        except (FeedRefused, Grade.DoesNotExist, Profession.DoesNotExist):
            form.add_error("meaning", "Choose what the word means")
        else:
            messages.success(
                request,
                f"“{said['value']}” is translated. It counts from the next delivery on.",
            )
            return redirect("curate:words", slug=feed.slug)
    context = {
        "page": read_words_page(feed=feed),
        "feed": feed,
        "form": form,
        "trail": trail_to_feed(feed),
        "section": "curate",
    }
    return render(request, "curate/words.html", context)
