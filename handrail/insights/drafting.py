"""From a gap to an article: a draft with what is known already, or an article there is that only has to be found."""

from __future__ import annotations

from collections import Counter
from html import escape

from django.db import transaction

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers import teaching
from handrail.answers.answer import answer
from handrail.core.actors import CanAct
from handrail.insights.cases import Case
from handrail.insights.gaps import Gap
from handrail.insights.replies import words_of
from handrail.knowledge.audiences import Audience
from handrail.knowledge.models import Article, Topic

EXAMPLES = 12
ALIAS_LETTERS_MAX = 200
ASKED_FOR_A_PLACE = 5  # wordings of a gap that tell where it belongs


class NoTopic(ValueError):
    """There is no topic yet under which the article could stand."""


def examples(gap: Gap, *, most: int = EXAMPLES) -> list[Case]:
    """Cases of a gap in different words, the newest first."""
    found: dict[int, Case] = {}
    for case in Case.objects.filter(gap=gap).select_related("ask").order_by("-at", "-pk")[: 10 * most]:
        found.setdefault(case.text_key, case)
    return list(found.values())[:most]


@transaction.atomic
def begin_article(gap: Gap, *, by: CanAct) -> Article:
    """A draft for the gap: its title, the examples as other wordings, its place by what came nearest. In work from now on.

    Of replies the draft says what they have in common, and nothing that names a person. A gap that somebody began an
    article for has that one. Raises NoTopic where there is no topic at all.
    """
    held = Gap.objects.select_for_update().get(pk=gap.pk)
    if held.state == Gap.State.IN_WORK and held.article:
        return held.article
    topic = topic_of(gap)
    audience = Audience.EMPLOYEES if gap.audience == Audience.EMPLOYEES else Audience.PUBLIC
    article = Article.start(
        topic, by=by, kind=Article.Kind.FAQ, audience=audience, original_locale=gap.locale
    )
    said = words_of(gap) if gap.kind == Gap.Kind.REPLY else []
    aliases = [] if gap.kind == Gap.Kind.REPLY else [case.text for case in examples(gap)]
    article.write(
        gap.locale,
        title=gap.title[:200],
        html="".join(f"<p>{escape(sentence)}</p>" for sentence in said) or "<p></p>",
        aliases=[text for text in aliases if text != gap.title and len(text) <= ALIAS_LETTERS_MAX],
        by=by,
    )
    gap.begin(article, by=by)
    return article


@transaction.atomic
def answered_by(gap: Gap, article: Article, *, by: CanAct) -> None:
    """An article there is answers it: the engine remembers that of each example. Closed once it finds the article."""
    teaching.teach([case.text for case in examples(gap)], article, gap.locale, by=by, audience=gap.audience)
    gap.begin(article, by=by)


def topic_of(gap: Gap) -> Topic:
    """Where most of the articles stand that came nearest; else the first topic of the product asked about, or of all.

    Nearest when it was asked; where nothing was kept, as with replies, nearest to its words now.
    """
    cases = Case.objects.filter(gap=gap)
    near = Counter(cases.exclude(article=None).values_list("article__topic", flat=True))
    products = Counter(cases.exclude(ask__product=None).values_list("ask__product", flat=True))
    topics = Topic.objects.select_related("product__brand").order_by("product__position", "position", "pk")
    chosen = topics.filter(pk=near.most_common(1)[0][0]).first() if near else None
    if chosen is None and products:
        chosen = topics.filter(product=products.most_common(1)[0][0]).first()
    chosen = chosen or nearest_topic(gap) or topics.first()
    if chosen is None:
        raise NoTopic("Make a topic first: an article stands under one.")
    return chosen


def nearest_topic(gap: Gap) -> Topic | None:
    """The topic of the articles that its words lead to most surely; None where they lead to none."""
    own = words_of(gap) if gap.kind == Gap.Kind.REPLY else [case.text for case in examples(gap)]
    chances: dict[int, float] = {}
    for text in [gap.title, *own][:ASKED_FOR_A_PLACE]:
        for hit in answer(text, asker_of(gap), locale=gap.locale, channel="desk", remember=False).considered:
            chances[hit.article] = chances.get(hit.article, 0.0) + hit.confidence
    worth: dict[int, float] = {}
    for article, topic in Article.objects.filter(pk__in=chances).values_list("pk", "topic"):
        worth[topic] = worth.get(topic, 0.0) + chances[article]
    return Topic.objects.get(pk=max(worth, key=lambda topic: worth[topic])) if worth else None


def asker_of(gap: Gap) -> Viewer:
    """Somebody like those who asked."""
    if gap.audience == Audience.EMPLOYEES:
        return Viewer(person_id=0, is_employee=True, assurance=3, locale=gap.locale)
    return STRANGER
