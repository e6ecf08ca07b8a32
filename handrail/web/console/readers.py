"""Articles and their readers: whom they failed and why, what led to them, and what an edit changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.viewer import Viewer
from handrail.answers.normalise import mask
from handrail.conversations.models import Conversation
from handrail.insights.contacts import ReadContact
from handrail.insights.readers import Readers, edits, failing, readers, weekly, words_given
from handrail.insights.searching import Narrowing, Wording, wordings_to
from handrail.insights.todo_words import titles_of
from handrail.knowledge.models import Article
from handrail.web.console import exports
from handrail.web.console.charts import stacked
from handrail.web.console.frame import show
from handrail.web.console.insights import choices
from handrail.web.console.narrowing import fields_of, narrowing_of

ROWS_MOST = 100
WORDS_MOST = 20
WEEKS = 12
ORDERS = ("", "share")


@dataclass(frozen=True)
class Line:
    """An article of the list with its title in the reader's language."""

    readers: Readers
    title: str
    locale: str


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/readers?days=&locale=&order=share&as=csv|json"""
    viewer: Viewer = request.viewer
    narrowing = replace(narrowing_of(request.GET), brand=None)  # an article is every brand's
    order = request.GET.get("order", "")
    order = order if order in ORDERS else ""
    found = failing(viewer, narrowing, by_share=order == "share")[:ROWS_MOST]
    titles = titles_of([each.article for each in found], viewer)
    lines = [Line(each, *titles[each.article]) for each in found if each.article in titles]
    if exports.wanted(request):
        return exports.as_file(request, "articles", COLUMNS, [_cells(line) for line in lines])
    return show(
        request,
        "console/readers.html",
        here="readers",
        lines=lines,
        narrowing=narrowing,
        fields=fields_of(narrowing),
        order=order,
        reasons=reasons(),
        **choices() | {"brands": []},
    )


def article(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /console/readers/<pk>?days=&locale="""
    viewer: Viewer = request.viewer
    found = get_object_or_404(Article.objects.visible_to(viewer).with_published(), pk=pk)
    narrowing = replace(narrowing_of(request.GET), brand=None)  # an article is every brand's
    told = readers(viewer, narrowing, only=pk)
    weeks = weekly(found, weeks=WEEKS, until=narrowing.last)
    text = found.published(viewer.locale)
    return show(
        request,
        "console/readers_article.html",
        here="readers",
        article=found,
        title=text.title if text else "",
        readers=told[0] if told else Readers(pk),
        chart=stacked([counts for _first, counts in weeks], ("helpful", "unhelpful")),
        weeks=weeks,
        words=[(mask(each.text), each) for each in words_given(found, narrowing)[:WORDS_MOST]],
        landed=_landed(viewer, narrowing, pk),
        contacts=_contacts(viewer, found),
        edits=edits(found),
        narrowing=narrowing,
        fields=fields_of(narrowing),
        reasons=reasons(),
        **choices() | {"brands": []},
    )


def reasons() -> dict[str, str]:
    return {
        "not_my_question": _("Not my question"),
        "unclear": _("Hard to follow"),
        "wrong": _("It is wrong"),
        "outdated": _("It is out of date"),
        "other": _("Something else"),
        "": _("No reason given"),
    }


def _landed(viewer: Viewer, narrowing: Narrowing, pk: int) -> list[Wording]:
    return wordings_to(viewer, narrowing, pk)


def _contacts(viewer: Viewer, found: Article) -> list[int]:
    """Numbers of the newest conversations that followed, of those the viewer may read."""
    seen = Conversation.objects.visible_to(viewer)
    rows: QuerySet[ReadContact] = ReadContact.objects.filter(seen.contain("conversation"), article=found)
    return list(rows.order_by("-at").values_list("conversation", flat=True)[:10])


COLUMNS = [
    "article",
    "title",
    "reads",
    "helped",
    "did_not_help",
    "asked_a_person",
    "questions_led_here",
    "helpful_share",
    "share_from",
    "share_to",
]


def _cells(line: Line) -> list[Any]:
    told, share = line.readers, line.readers.helpful
    range_of = [round(each, 3) for each in (share.value, share.low, share.high)] if share.whole else [""] * 3
    counts = (told.reads, told.helped, told.unhelpful, told.contacts, told.landed)
    return [told.article, line.title, *counts, *range_of]
