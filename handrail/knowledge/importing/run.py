"""One import from start to end: read everything, then write what is new or changed, article by article."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError

from handrail.core.actors import SYSTEM, CanAct
from handrail.knowledge.articles import Article
from handrail.knowledge.imported import Imported
from handrail.knowledge.importing import shelves, zendesk
from handrail.knowledge.importing.draft import Draft, Gathered
from handrail.knowledge.importing.folder import Choices, Folder
from handrail.knowledge.importing.linking import Linker, settings_digest, survey
from handrail.knowledge.importing.places import Places
from handrail.knowledge.importing.report import FAILED, NOTE, Report
from handrail.knowledge.importing.writing import audience_of, write
from handrail.workspace.models import Brand

Progress = Callable[[int, int, str], None]


@dataclass
class Plan:
    """What is to be written of one draft: `texts` maps locale -> (status, digest)."""

    draft: Draft
    settings: str
    texts: dict[str, tuple[str, str]]
    has_new_settings: bool

    @property
    def is_nothing(self) -> bool:
        return not self.has_new_settings and all(
            status == "unchanged" for status, _digest in self.texts.values()
        )


def run(
    source: Path,
    *,
    brand: Brand,
    choices: Choices | None = None,
    by: CanAct = SYSTEM,
    is_dry_run: bool = False,
    overwrites: bool = False,
    progress: Progress = lambda done, total, path: None,
) -> Report:
    """Bring the articles of `source` (a folder) into the brand's knowledge base, and tell what came in.

    overwrites  also replace texts that somebody edited here after they came in
    progress    called with (done, total, path) after each article

    Every article is one transaction, so a run that is killed leaves whole articles, and the next one goes on.
    """
    begun = time.monotonic()
    choices = choices or Choices()
    report = Report(str(source), is_dry_run)
    gathered = zendesk.gather(source, choices) if zendesk.is_one(source) else Folder(source, choices).gather()
    report.entries += gathered.problems
    report.articles = len(gathered.drafts)
    known = _known(gathered)
    plans = [_plan(draft, gathered, known.get(draft.key), report, overwrites) for draft in gathered.drafts]
    if is_dry_run:
        for plan in plans:
            _tell(report, plan, known.get(plan.draft.key))
    else:
        _write(plans, gathered, known, brand=brand, by=by, report=report, progress=progress)
    _tell_gone(gathered, report)
    report.seconds = time.monotonic() - begun
    return report


def _known(gathered: Gathered) -> dict[str, Article]:
    found = Article.objects.filter(source__startswith=gathered.prefix)
    return {article.source: article for article in found.select_related("imported", "topic__product__brand")}


def _plan(
    draft: Draft, gathered: Gathered, article: Article | None, report: Report, overwrites: bool
) -> Plan:
    imported: Imported | None = getattr(article, "imported", None) if article else None
    texts = {}
    for locale, text in draft.texts.items():
        digest, notes = survey(text, gathered.follow)
        report.entries += notes
        if imported and imported.says(locale, digest):
            texts[locale] = ("unchanged", digest)
        elif imported and imported.is_edited(locale) and not overwrites:
            report.add(FAILED, text.path, locale=locale, reason="edited_here", article=imported.article_id)
        else:
            texts[locale] = ("changed" if imported and locale in imported.texts else "new", digest)
    settings = settings_digest(draft)
    return Plan(draft, settings, texts, imported is None or imported.settings != settings)


def _write(
    plans: list[Plan],
    gathered: Gathered,
    articles: dict[str, Article],
    *,
    brand: Brand,
    by: CanAct,
    report: Report,
    progress: Progress,
) -> None:
    # Links may lead to any article of the import, so all have their number before the first is written.
    if gathered.shelves:
        shelves.offer_places(gathered.shelves, brand, by=by)
    places = Places(brand, gathered.drafts, by=by)
    for plan in plans:
        draft = plan.draft
        if draft.key not in articles:
            articles[draft.key] = Article.start(
                places.topic_of(draft), by=by, kind=draft.kind,
                source=draft.key, position=draft.position, original_locale=draft.original,
                **audience_of(draft, report),
            )  # fmt: skip
    linker = Linker(gathered, articles, by=by)
    for done, plan in enumerate(plans, start=1):
        article = articles[plan.draft.key]
        try:
            if not plan.is_nothing:
                write(plan, article, places=places, linker=linker, by=by)
            _tell(report, plan, article)
        except (DatabaseError, ValueError, OSError) as error:
            report.add(FAILED, plan.draft.path, reason="refused", details={"error": str(error)[:200]})
        progress(done, len(plans), plan.draft.path)
    if gathered.shelves:
        shelves.offer_sets(gathered.shelves, brand, articles, prefix=gathered.prefix, by=by)


def _tell(report: Report, plan: Plan, article: Article | None) -> None:
    for locale, (status, _digest) in plan.texts.items():
        text = plan.draft.texts[locale]
        # Another topic or audience is a change as well, told once for each of its texts.
        told = "changed" if status == "unchanged" and plan.has_new_settings else status
        report.add(told, text.path, locale=locale, article=article.pk if article else None)


def _tell_gone(gathered: Gathered, report: Report) -> None:
    held = {draft.key for draft in gathered.drafts}
    told = {entry.path for entry in report.entries if entry.status == FAILED}
    for key, article in _known(gathered).items():
        texts = getattr(article, "imported", None)
        if key not in held and texts is not None and not _still_there(key, gathered.prefix, told):
            report.add(NOTE, key.removeprefix(gathered.prefix), reason="gone", article=article.pk)


def _still_there(key: str, prefix: str, failed: set[str]) -> bool:
    """A file that could not be read today is not gone."""
    name = key.removeprefix(prefix).rpartition("/")[2]
    return any(path.rpartition("/")[2].split(".")[0] == name for path in failed)
