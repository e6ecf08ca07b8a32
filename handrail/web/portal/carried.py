"""What a visitor brings along from the page they were on, so that nobody has to ask them again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, QueryDict

from handrail.accounts.viewer import Viewer
from handrail.knowledge.feedback import not_helped
from handrail.knowledge.models import Article, Product, Translation, Troubleshooter
from handrail.knowledge.troubleshooting.tree import ANSWERS_MAX, ARTICLE, Walk, said
from handrail.web.portal.reader import reader_of
from handrail.web.portal.searched import Shown, searched

QUESTION_CHARS_MAX = 300
PAGE_CHARS_MAX = 300
TRIED_MAX = 6
STEP_MAX = 200
ANSWERS_CHARS_MAX = 400
ASK_CHARS_MAX = 23


@dataclass(frozen=True)
class Carried:
    """The question asked, the product and article looked at, the step reached, the page, what was read before, which of it
    the reader said did not help, the answers given to a troubleshooter, and the key of the question where it was kept."""

    question: str = ""
    product: Product | None = None
    article: Article | None = None
    step: int = 0
    page: str = ""
    read: list[Article] = field(default_factory=list)
    troubleshooter: Troubleshooter | None = None
    walk: Walk | None = None
    fixes: list[Article] = field(default_factory=list)
    not_helped: set[int] = field(default_factory=set)
    ask: str = ""
    shown: list[Shown] = field(default_factory=list)

    @property
    def about(self) -> dict[str, Any]:
        """As a conversation keeps it: ids and codes."""
        codes = {
            "product": self.product.pk if self.product else None,
            "article": self.article.pk if self.article else None,
            "step": self.step,
            "page": self.page,
            "troubleshooter": self.troubleshooter.pk if self.troubleshooter else None,
            "ask": self.ask,
        }
        return {name: value for name, value in codes.items() if value}

    def tried(self, locale: str) -> list[dict[str, Any]]:
        """As an agent reads it: what was asked, shown for it and read, in that order."""
        entries: list[dict[str, Any]] = [{"kind": "asked", "text": self.question}] if self.question else []
        entries += [entry for shown in self.shown if (entry := shown.entry(locale))]
        for article in self.read:
            if text := article.published(locale):
                step = (
                    {"step": self.step}
                    if self.step and self.article and article.pk == self.article.pk
                    else {}
                )
                verdict = {"helped": False} if article.pk in self.not_helped else {}
                entries.append(
                    {"kind": "read", "article": article.pk, "title": text.title, **step, **verdict}
                )
        return entries + self.walked(locale)

    def walked(self, locale: str) -> list[dict[str, Any]]:
        """Every answer given to the troubleshooter, in the words it was given in, and what was tried on the way."""
        entries: list[dict[str, Any]] = []
        for passed in self.walk.passed if self.walk else []:
            step = passed.step
            if passed.choice:
                answer = said(passed.choice.text, locale)
                entries.append({"kind": "answered", "text": said(step.text, locale), "answer": answer})
            elif step.kind == ARTICLE:
                entries.append(
                    {
                        "kind": "no_help",
                        "article": step.article,
                        "title": self.titles(locale).get(step.article or 0, ""),
                    }
                )
            else:
                entries.append({"kind": "no_help", "text": said(step.text, locale)})
        return entries

    def titles(self, locale: str) -> dict[int, str]:
        """article id -> title, of the fixes the walk passed."""
        return {article.pk: text.title for article in self.fixes if (text := article.published(locale))}

    @property
    def answers(self) -> str:
        return ".".join(self.walk.answers) if self.walk else ""

    @property
    def fields(self) -> dict[str, str]:
        """As a form's hidden fields or a link's query carry it on."""
        given = {
            "question": self.question,
            "product": self.product.pk if self.product else "",
            "article": self.article.pk if self.article else "",
            "step": self.step or "",
            "page": self.page,
            "tried": ",".join(str(article.pk) for article in self.read if article != self.article),
            "troubleshooter": self.troubleshooter.pk if self.troubleshooter else "",
            "answers": self.answers,
            "ask": self.ask,
        }
        return {name: str(value) for name, value in given.items() if value != ""}

    def text(self, locale: str) -> Translation | None:
        """The article's words as this reader gets them."""
        return self.article.published(locale) if self.article else None


def carried(request: HttpRequest) -> Carried:
    """What the query or the form says, as far as the viewer may see it; nonsense is left out, never an error."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    brought = _read(request.POST if request.method == "POST" else request.GET, viewer)
    if request.method == "POST":  # a page shows none of it
        brought = replace(brought, shown=searched(brought.ask, brought.question, viewer))
    if not brought.read:
        return brought
    return replace(
        brought, not_helped=not_helped([one.pk for one in brought.read], reader=reader_of(request))
    )


def _read(fields: QueryDict, viewer: Viewer) -> Carried:
    article_id = _number(fields.get("article", ""))
    ids = tried_of(fields)
    wanted = list(dict.fromkeys([*reversed(ids), *([article_id] if article_id else [])]))
    articles: dict[int, Article] = (
        Article.objects.visible_to(viewer).filter(pk__in=wanted).with_published().in_bulk() if wanted else {}
    )
    article = articles.get(article_id) if article_id else None
    product_id = _number(fields.get("product", "")) or (article.topic.product_id if article else 0)
    page = fields.get("page", "")
    troubleshooter = _troubleshooter(fields, viewer)
    if troubleshooter and not product_id:
        product_id = troubleshooter.article.topic.product_id
    walk = troubleshooter.shown.walk(answers_of(fields.get("answers", ""))) if troubleshooter else None
    return Carried(
        question=question_of(fields),
        product=_product(product_id, viewer),
        article=article,
        step=min(_number(fields.get("step", "")), STEP_MAX),
        ask=ask_of(fields),
        # Only an address of this help centre: an agent may click on it.
        page=page[:PAGE_CHARS_MAX] if page.startswith("/hc/") and "\0" not in page else "",
        read=[articles[pk] for pk in wanted if pk in articles],
        troubleshooter=troubleshooter,
        walk=walk,
        fixes=_fixes(walk, viewer) if walk else [],
    )


def question_of(fields: QueryDict) -> str:
    return question_in_one_line(fields.get("question", ""))


def question_in_one_line(text: str) -> str:
    """As a question is carried: without line breaks, and no longer than anybody asks."""
    return " ".join(text.replace("\0", "").split())[:QUESTION_CHARS_MAX]


def ask_of(fields: QueryDict) -> str:
    """The key of a question that was kept, or "" for what cannot be one."""
    ask = fields.get("ask", "")
    return ask if ask.isascii() and ask.isalnum() and len(ask) <= ASK_CHARS_MAX else ""


def tried_of(fields: QueryDict) -> list[int]:
    """Ids of what was read before, the last first."""
    return [found for part in fields.get("tried", "").split(",")[:TRIED_MAX] if (found := _number(part))]


def _product(number: int, viewer: Viewer) -> Product | None:
    return Product.objects.visible_to(viewer).with_texts().filter(pk=number).first() if number else None


def _fixes(walk: Walk, viewer: Viewer) -> list[Article]:
    ids = [passed.step.article for passed in walk.passed if passed.step.article]
    return list(Article.objects.visible_to(viewer).filter(pk__in=ids).with_published()) if ids else []


def _troubleshooter(fields: QueryDict, viewer: Viewer) -> Troubleshooter | None:
    number = _number(fields.get("troubleshooter", ""))
    return Troubleshooter.objects.visible_to(viewer).filter(pk=number).first() if number else None


def answers_of(text: str) -> list[str]:
    """`c1.no.c4` as an address carries it -> the answers in order."""
    return [part for part in text[:ANSWERS_CHARS_MAX].split(".") if part][:ANSWERS_MAX]


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else 0
