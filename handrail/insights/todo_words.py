"""Tasks and findings in words, in the current language: the same on the page of what there is to do and in the weekly mail."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.accounts.viewer import Viewer
from handrail.core import clock
from handrail.insights.tasks import Finding
from handrail.insights.todo import todo
from handrail.knowledge.models import Article
from handrail.knowledge.tasks import Task
from handrail.workspace.formats import ago, day

PAGES = {"outdated": "/translation", "review": "/difference"}


@dataclass(frozen=True)
class Line:
    """One thing to do: what it is, on what, a detail, and the path of the page where it is done."""

    kind: str
    name: str
    title: str
    locale: str
    detail: str
    path: str


def lines(viewer: Viewer) -> list[Line]:
    """What `todo` gives, in its order and in words."""
    own, found = todo(viewer)
    titles = titles_of([each.subject for each in found if each.kind == "failing"], viewer)
    return [_of_task(task, viewer) for task in own] + [_of_finding(each, titles, viewer) for each in found]


def names() -> dict[str, str]:
    """Kind of a task or a finding -> what it is called."""
    return {
        "changes": _("Changes asked for"),
        "review": _("Waiting for your review"),
        "tree": _("Troubleshooter to publish"),
        "block": _("Block to publish"),
        "approved": _("Approved, to be published"),
        "check": _("Needs checking"),
        "outdated": _("Translation out of date"),
        "soon": _("To be checked soon"),
        "gap": _("People ask this in vain"),
        "reply": _("Make this reply an article"),
        "failing": _("Fails its readers"),
        "links": _("Broken links"),
    }


def titles_of(ids: list[int], viewer: Viewer) -> dict[int, tuple[str, str]]:
    """article -> (title, its language), of those the viewer may read."""
    if not ids:
        return {}
    found = Article.objects.visible_to(viewer).filter(pk__in=ids).with_published()
    texts = {each.pk: each.published(viewer.locale) for each in found}
    return {pk: (text.title, text.locale) for pk, text in texts.items() if text}


def title_in(finding: Finding, titles: dict[int, tuple[str, str]]) -> tuple[str, str]:
    """Its title and the language of that; ("", "") for what has none. `titles` as `titles_of` gives them."""
    if finding.kind in {"gap", "reply"}:
        return finding.title, finding.locale
    return titles.get(finding.subject, ("", "")) if finding.kind == "failing" else ("", "")


def path_of(task: Task) -> str:
    if task.block:
        page = f"/console/blocks/{task.block.pk}/{task.locale}"
        return page if task.kind == "changes" else f"{page}/difference"
    if task.tree:
        return f"/console/troubleshooters/{task.tree.pk}"
    assert task.article is not None  # a task is about one or the other
    return f"/console/articles/{task.article.pk}/{task.locale}{PAGES.get(task.kind, '')}"


def place_of(finding: Finding) -> str:
    pages = {"links": "links", "failing": f"readers/{finding.subject}"}
    return f"/console/{pages.get(finding.kind, f'gaps/{finding.subject}')}"


def _of_task(task: Task, viewer: Viewer) -> Line:
    if task.kind in {"check", "soon"}:
        detail = _("Check by %(day)s") % {"day": day(task.at, locale=viewer.locale, zone=viewer.zone)}
    else:
        detail = ago(task.at, now=clock.now(), locale=viewer.locale, zone=viewer.zone)
    return Line(task.kind, names()[task.kind], task.title, task.locale, detail, path_of(task))


def _of_finding(finding: Finding, titles: dict[int, tuple[str, str]], viewer: Viewer) -> Line:
    title, locale = title_in(finding, titles)
    counted = {
        "gap": ngettext("%(num)s person", "%(num)s people", finding.count),
        "reply": ngettext("Sent in %(num)s conversation", "Sent in %(num)s conversations", finding.count),
        "failing": ngettext(
            "%(num)s reader in the last 28 days", "%(num)s readers in the last 28 days", finding.count
        ),
        "links": ngettext("%(num)s link leads nowhere", "%(num)s links lead nowhere", finding.count),
    }[finding.kind]
    detail = counted % {"num": finding.count}
    return Line(
        finding.kind, names()[finding.kind], title, locale or viewer.locale, detail, place_of(finding)
    )
