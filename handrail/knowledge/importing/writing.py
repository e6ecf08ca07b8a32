"""Writing one planned article through the room's verbs, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.knowledge.articles import Article
from handrail.knowledge.imported import Imported
from handrail.knowledge.importing.draft import Draft, TextDraft
from handrail.knowledge.importing.linking import Linker
from handrail.knowledge.importing.places import Places

if TYPE_CHECKING:
    from handrail.knowledge.importing.run import Plan


def write(plan: Plan, article: Article, *, places: Places, linker: Linker, by: CanAct) -> None:
    """Bring one article to what its source says, and remember that it said so."""
    # Keeping pictures takes a while, so it comes before the transaction.
    linked = {
        locale: linker.link(plan.draft, plan.draft.texts[locale])
        for locale, (status, _digest) in plan.texts.items()
        if status != "unchanged"
    }
    _write(plan, article, linked, places=places, linker=linker, by=by)


@transaction.atomic
def _write(
    plan: Plan, article: Article, linked: dict[str, str], *, places: Places, linker: Linker, by: CanAct
) -> None:
    imported, _made = Imported.objects.get_or_create(article=article)
    if plan.has_new_settings:
        # Before any text: nobody may see a word under an audience that was too wide.
        _settle(article, plan.draft, places, linker, by=by)
        imported.settings = plan.settings
    for locale, html in linked.items():
        revision = _write_text(article, plan.draft.texts[locale], html, by=by)
        imported.texts[locale] = {"digest": plan.texts[locale][1], "revision": revision}
    imported.at = clock.now()
    imported.save()


def _settle(article: Article, draft: Draft, places: Places, linker: Linker, *, by: CanAct) -> None:
    topic = places.topic_of(draft)
    if article.audience != draft.audience:
        article.show_to(draft.audience, by=by)
    if (article.topic_id, article.position) != (topic.pk, draft.position):
        article.move(topic, position=draft.position, by=by)
    if article.kind != draft.kind:
        article.change_kind(draft.kind, by=by)
    if article.is_pinned != draft.is_pinned:
        article.pin(draft.is_pinned, by=by)
    article.relate([linker.articles[key] for key in draft.related], by=by)


def _write_text(article: Article, text: TextDraft, html: str, *, by: CanAct) -> int:
    revision = article.write(
        text.locale,
        title=text.title,
        html=html,
        slug=text.slug,
        aliases=text.aliases,
        # A source that brings both languages brings them as they belong together.
        translated_from=article.newest_of_original(),
        by=by,
    )
    translation = article.translations.get(locale=text.locale)
    if text.is_draft:
        translation.withdraw(by=by)
    else:
        translation.publish(by=by, updated_at=text.updated_at)
    return revision.number
