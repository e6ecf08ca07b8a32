"""Drawing a troubleshooter: an outline one fills in with the keyboard alone, and its picture beside it.

The whole outline is one form; every button sends all of it, so nothing written is lost by pressing another one.
Works without scripts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.accounts.policy import can
from handrail.knowledge.audiences import from_key, key_of
from handrail.knowledge.models import Article, Topic, Troubleshooter
from handrail.knowledge.steps import may_publish_unreviewed, may_show_to
from handrail.knowledge.troubleshooting import drawing
from handrail.knowledge.troubleshooting.checks import Problem
from handrail.knowledge.troubleshooting.map import picture
from handrail.knowledge.troubleshooting.models import NotReady, Overtaken
from handrail.knowledge.troubleshooting.tree import PERSON, Step, Tree, said
from handrail.web.console import tree_words
from handrail.web.console.for_whom import audiences
from handrail.web.console.frame import say_kept, show
from handrail.web.console.troubleshooters import topics
from handrail.workspace.locales import LOCALES

TEXT_MAX, NAME_MAX, WORDINGS_MAX = 2_000, 200, 20
OF_PRODUCT = " · "  # between an article's title and its product


@dataclass(frozen=True)
class Shown:
    """A step as the outline shows it: its number, depth, and what is wrong with it."""

    number: int
    depth: int
    step: Step
    problems: list[str] = field(default_factory=list)


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /console/troubleshooters/<pk>: the outline with `do`: save, publish, ask, add-choice:s1, ..."""
    viewer = request.viewer  # type: ignore[attr-defined]
    one = get_object_or_404(Troubleshooter.objects.editable_by(viewer), pk=pk)
    if request.method != "POST":
        return shown(request, one, one.draft)
    document, first = drawing.with_new_steps(read(request.POST, one.draft))
    document, where = changed(document, request.POST.get("do", "save"))
    seen = request.POST.get("seen", "")
    try:
        if trouble := settle(one, request):
            return shown(request, one, document, problem=trouble, status=422)
        if document != one.draft:
            one.draw(document, by=viewer, seen=int(seen) if seen.isdecimal() else None)
    except Overtaken:
        one.refresh_from_db()
        problem = _(
            "Somebody else saved meanwhile. Your words stand here; saving again puts them in place of theirs."
        )
        return shown(request, one, document, problem=problem, status=409)
    try:
        where = put_forward(one, request) or where
    except NotReady:
        problem = _("It isn't published: please look at what is marked below.")
        return shown(request, one, document, problem=problem, status=400)
    if request.POST.get("do", "save") == "save":
        say_kept(request)
    place = f"#step-{first}" if first else (f"#{where}" if where else "")
    return redirect(
        f"{reverse('console:troubleshooter', args=[pk])}{'?published=1' if where == 'published' else ''}{place}"
    )


def put_forward(one: Troubleshooter, request: HttpRequest) -> str:
    """Publish the draft, or ask a reviewer to, where that was pressed; gives "published" where it is. Raises NotReady."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if request.POST.get("do") not in {"publish", "ask"}:
        return ""
    if request.POST["do"] == "publish" and may_publish_unreviewed(viewer):
        one.publish(by=viewer)
        return "published"
    one.ask_for_review(by=viewer)
    messages.success(request, _("Saved. A reviewer finds it among their tasks and publishes it."))
    return ""


def read(fields: QueryDict, draft: drawing.Document) -> drawing.Document:
    """The draft with what the form says; what the form doesn't say stays."""
    document: drawing.Document = {**draft}
    for part, most in (("name", NAME_MAX), ("intro", TEXT_MAX)):
        document[part] = _texts(fields, part, draft[part], most)
    document["wordings"] = {
        code: _lines(fields.get(f"wordings.{code}"), draft["wordings"].get(code, [])) for code in LOCALES
    }
    document["steps"] = [_step(fields, step) for step in draft["steps"]]
    return document


def changed(document: drawing.Document, do: str) -> tuple[drawing.Document, str]:
    """The document after a button, and the anchor to go on at."""
    verb, _colon, key = do.partition(":")
    if verb == "add-choice":
        return drawing.with_choice(document, key), f"step-{key}"
    if verb == "remove-choice":
        return drawing.without_choice(document, key), ""
    if verb == "earlier":
        return drawing.with_choice_earlier(document, key), f"choice-{key}"
    if verb == "remove-step":
        return drawing.without_step(document, key), ""
    return document, ""


def settle(one: Troubleshooter, request: HttpRequest) -> str:
    """Topic and audience hold at once: who may read it must never wait for a publication. Gives why nothing is kept, or ""."""
    viewer, article = request.viewer, one.article  # type: ignore[attr-defined]
    try:
        audience, segment = from_key(request.POST.get("audience", article.audience_key))
    except ValueError:
        audience, segment = article.audience, article.segment  # what names nobody changes nothing
    is_new = (audience, segment) != (article.audience, article.segment)
    if is_new and not may_show_to(article, key_of(audience, segment.pk if segment else None), viewer):
        return _(
            "That was not kept: whoever may review decides that more people read this. Ask a reviewer to change for whom it is."
        )
    topic = request.POST.get("topic", "")
    if (
        topic.isdecimal()
        and int(topic) != article.topic_id
        and (found := Topic.objects.filter(pk=int(topic)).first())
    ):
        article.move(found, by=viewer)
    if is_new:
        article.show_to(audience, segment=segment, by=viewer)
    return ""


def shown(
    request: HttpRequest,
    one: Troubleshooter,
    document: drawing.Document,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    tree = Tree.read(document)
    one.draft = document
    found = one.problems()
    steps = outline(tree, found)
    numbers = {each.step.key: each.number for each in steps}
    choosable = articles(one, viewer.locale)
    return show(
        request,
        "console/troubleshooter.html",
        status=status,
        one=one,
        tree=tree,
        steps=steps,
        numbers=numbers,
        targets=targets(steps, viewer.locale, dict(choosable)),
        articles=choosable,
        picture=picture(tree),
        problem=problem,
        of_tree=[tree_words.told(each) for each in found if not each.step],
        blocking=sum(each.is_blocking for each in found),
        title=said(tree.name, viewer.locale),
        name_in_picture=lambda step: in_picture(step, viewer.locale, dict(choosable)),
        topics=topics(viewer.locale),
        audiences=audiences(),
        locales=LOCALES,
        may_publish=may_publish_unreviewed(viewer),
        may_withdraw=can(viewer, "knowledge.publish"),
        is_asked=one.is_asked,
        was_published="published" in request.GET,
        preview=f"/hc/{viewer.locale}/troubleshooters/{one.pk}?draft=1",
        here="troubleshooters",
    )


def outline(tree: Tree, found: list[Problem]) -> list[Shown]:
    return [
        Shown(number, depth, step, [tree_words.told(each) for each in found if each.step == step.key])
        for number, (depth, step) in enumerate(tree.outline(), start=1)
    ]


def in_picture(step: Step, locale: str, titles: dict[int, str]) -> str:
    """A step's name where there is little room: of an article its title without the product."""
    return tree_words.name_of(step, locale, titles).partition(OF_PRODUCT)[0]


def targets(steps: list[Shown], locale: str, titles: dict[int, str]) -> list[tuple[str, str]]:
    """Where an answer may lead: nowhere yet, a person, a step there is, or one to be made."""
    known = [
        (each.step.key, f"{each.number}. {tree_words.name_of(each.step, locale, titles)[:60]}")
        for each in steps
    ]
    return [
        ("", _("Not decided yet")),
        (PERSON, _("A person")),
        *known,
        ("new:question", _("+ a new question")),
        ("new:article", _("+ an article that fixes it")),
        ("new:advice", _("+ advice written here")),
    ]


def articles(one: Troubleshooter, locale: str) -> list[tuple[int, str]]:
    """(id, "title · product") of every article with a published text, those of its product first."""
    product = one.article.topic.product_id
    texts: dict[int, tuple[bool, str]] = {}
    readable = (
        Article.objects.filter(translations__published__isnull=False).exclude(pk=one.article_id).distinct()
    )
    for article in readable.with_published():
        if text := article.published(locale):
            label = f"{text.title}{OF_PRODUCT}{article.topic.product.name(locale)}"
            texts[article.pk] = (article.topic.product_id != product, label)
    return [(pk, label) for pk, (_is_other, label) in sorted(texts.items(), key=lambda each: each[1])]


def _step(fields: QueryDict, step: dict[str, Any]) -> dict[str, Any]:
    key = step["key"]
    article = fields.get(f"step.{key}.article", "")
    choices = [
        {
            **choice,
            "text": _texts(fields, f"choice.{choice['key']}", choice["text"], NAME_MAX),
            "to": fields.get(f"choice.{choice['key']}.to", choice["to"]),
        }
        for choice in step["choices"]
    ]
    return {
        **step,
        "text": _texts(fields, f"step.{key}", step["text"], TEXT_MAX),
        "article": int(article)
        if article.isdecimal() and len(article) < 18
        else (None if article == "none" else step.get("article")),
        "otherwise": fields.get(f"step.{key}.otherwise", step.get("otherwise", PERSON)) or PERSON,
        "choices": choices,
    }


def _texts(fields: QueryDict, name: str, known: dict[str, str], most: int) -> dict[str, str]:
    found = {code: fields.get(f"{name}.{code}", known.get(code, "")) for code in LOCALES}
    return {code: text.replace("\0", "").replace("\r\n", "\n").strip()[:most] for code, text in found.items()}


def _lines(given: str | None, known: list[str]) -> list[str]:
    if given is None:
        return known
    return [line.strip()[:NAME_MAX] for line in given.replace("\0", "").splitlines() if line.strip()][
        :WORDINGS_MAX
    ]
