"""Writing one planned article through the room's verbs, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from handrail.contacts.segments import Segment
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.knowledge.article_files import ArticleFile
from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audience, key_of
from handrail.knowledge.imported import Imported
from handrail.knowledge.importing import care
from handrail.knowledge.importing.draft import Draft, TextDraft
from handrail.knowledge.importing.keywords import Keywords
from handrail.knowledge.importing.linking import Linker
from handrail.knowledge.importing.places import Places
from handrail.knowledge.importing.report import NOTE, Report
from handrail.knowledge.redirects import Redirect
from handrail.knowledge.reviewing import WRITING
from handrail.knowledge.steps import opens

if TYPE_CHECKING:
    from handrail.knowledge.importing.run import Plan


def write(
    plan: Plan, article: Article, *, places: Places, linker: Linker, keywords: Keywords, by: CanAct
) -> None:
    """Bring one article to what its source says, and remember that it said so."""
    # Keeping pictures takes a while, so it comes before the transaction.
    linked = {
        locale: linker.link(plan.draft, plan.draft.texts[locale])
        for locale, (status, _digest) in plan.texts.items()
        if status != "unchanged"
    }
    above = {
        locale: linker.link(plan.draft, shown)
        for locale in linked
        if (shown := plan.draft.texts[locale].above)
    }
    for path in plan.draft.downloads if plan.has_new_settings else []:
        ArticleFile.attach(article, path.read_bytes(), title=path.name, is_download=True, by=by)
    with transaction.atomic():
        _write(plan, article, linked, above, places=places, linker=linker, by=by)
        if plan.has_new_settings:
            # A word leads to one article of a language, so the texts come before.
            keywords.tie(plan.draft, article)


def _write(
    plan: Plan,
    article: Article,
    linked: dict[str, str],
    above: dict[str, str],
    *,
    places: Places,
    linker: Linker,
    by: CanAct,
) -> None:
    if plan.is_own:
        imported = Imported(article=article)  # how it stands here is what the next run compares with
    else:
        imported, _made = Imported.objects.get_or_create(article=article)
    if plan.has_new_settings:
        # Before any text: nobody may see a word under an audience that was too wide.
        _settle(article, plan.draft, places, linker, by=by)
        imported.settings = plan.settings
    # The original first, so that the others are translations of it.
    for locale, html in sorted(linked.items(), key=lambda each: each[0] != plan.draft.original):
        revision = _write_text(article, plan.draft, plan.draft.texts[locale], html, above.get(locale), by=by)
        imported.texts[locale] = {"digest": plan.texts[locale][1], "revision": revision}
    imported.at = clock.now()
    if not plan.is_own:
        imported.save()
    if plan.draft.is_archived:
        article.archive(by=by)


def _settle(article: Article, draft: Draft, places: Places, linker: Linker, *, by: CanAct) -> None:
    topic = places.topic_of(draft)
    wanted = audience_of(draft)
    if (article.audience, article.segment) != (wanted["audience"], wanted["segment"]):
        article.show_to(wanted["audience"], segment=wanted["segment"], by=by)
    if (article.topic_id, article.position) != (topic.pk, draft.position):
        article.move(topic, position=draft.position, by=by)
    if article.kind != draft.kind and not draft.is_partial:
        article.change_kind(draft.kind, by=by)
    if draft.purpose:
        article.serve(draft.purpose, by=by)
    if article.is_pinned != draft.is_pinned:
        article.pin(draft.is_pinned, by=by)
    if article.archived_at and not draft.is_archived:
        article.bring_back(by=by)
    article.label_as(draft.labels or article.labels.values_list("name", flat=True), by=by)
    article.end_at(draft.ends_at or article.ends_at, by=by)
    care.settle(article, draft.care, by=by)
    if draft.is_partial:
        return
    # One that could not be begun is told of on its own.
    article.relate([linker.articles[key] for key in draft.related if key in linker.articles], by=by)


def hold_audience(draft: Draft, article: Article, report: Report) -> None:
    """Where nobody may approve it, what is published stays for whom it is, unless fewer people are to read it."""
    wanted = audience_of(draft)
    key = key_of(wanted["audience"], wanted["segment"].pk if wanted["segment"] else None)
    if draft.needs_review and opens(article, key):
        report.add(NOTE, draft.path, reason="audience_for_review", article=article.pk)
        draft.audience = article.audience
        draft.segment = article.segment.slug if article.segment else ""


def audience_of(draft: Draft, report: Report | None = None) -> dict[str, Any]:
    """For whom the article is; where its segment is not known here, for the agents, and told in the report."""
    if draft.audience != Audience.SEGMENT:
        return {"audience": draft.audience, "segment": None}
    segment = Segment.objects.filter(slug=draft.segment).first()
    if segment is None and report:
        report.add(NOTE, draft.path, reason="segment", details={"segment": draft.segment})
    return {"audience": Audience.SEGMENT if segment else Audience.AGENTS, "segment": segment}


def _write_text(
    article: Article, draft: Draft, text: TextDraft, html: str, above: str | None, *, by: CanAct
) -> int:
    revision = article.write(
        text.locale,
        title=text.title,
        html=html,
        slug=text.slug,
        aliases=None if draft.is_partial else text.aliases,
        # A source that brings both languages brings them as they belong together.
        translated_from=article.newest_of_original(),
        by=by,
    )
    translation = article.translations.get(locale=text.locale)
    translation.article = article
    translation.published_at = text.published_at or translation.published_at
    if text.is_draft:
        translation.save(update_fields=["published_at"])
        translation.withdraw(by=by)
    elif draft.needs_review:
        if translation.stage in WRITING:
            translation.ask_for_review(by=by)
    else:
        translation.publish(by=by, updated_at=text.updated_at)
    for path in text.redirects:
        defaults = {"article": article, "locale": text.locale}
        Redirect.objects.update_or_create(path=path, defaults=defaults)
    if text.above and above is not None:
        revision = article.write(text.locale, title=text.above.title, html=above, slug=text.slug, by=by)
    return revision.number
