"""One import from start to end: read everything, then write what is new or changed, article by article."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from handrail.core.actors import SYSTEM, CanAct
from handrail.knowledge import origins
from handrail.knowledge.articles import Article
from handrail.knowledge.imported import Imported
from handrail.knowledge.importing import shelves, zendesk
from handrail.knowledge.importing.another_name import known_as
from handrail.knowledge.importing.blocks import Blocks
from handrail.knowledge.importing.care import know_owners
from handrail.knowledge.importing.draft import Draft, Gathered
from handrail.knowledge.importing.folder import Choices, Folder
from handrail.knowledge.importing.here import Here, keep_narrow, look, stands_against
from handrail.knowledge.importing.keywords import Keywords
from handrail.knowledge.importing.linking import Linker, settings_digest, survey
from handrail.knowledge.importing.places import Places
from handrail.knowledge.importing.report import FAILED, NOTE, Report
from handrail.knowledge.importing.trees import Trees
from handrail.knowledge.importing.trouble import told, why
from handrail.knowledge.importing.writing import audience_of, hold_audience, write
from handrail.workspace.models import Brand

Progress = Callable[[int, int, str], None]


@dataclass
class Plan:
    """What is to be written of one draft: `texts` maps locale -> (status, digest)."""

    draft: Draft
    settings: str
    texts: dict[str, tuple[str, str]]
    has_new_settings: bool
    is_own: bool = False  # begun here: what its file said is not remembered, how it stands here counts

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
    reviews: bool = True,
    progress: Progress = lambda done, total, path: None,
) -> Report:
    """Bring the articles of `source` (a folder) into the brand's knowledge base, and tell what came in.

    overwrites  also replace texts that somebody edited here after they came in
    reviews     whether `by` may publish what no reviewer approved; else texts wait for a review, and no audience widens
    progress    called with (done, total, path) after each article

    Every article is one transaction, so a run that is killed leaves whole articles, and the next one goes on.
    """
    begun = time.monotonic()
    choices = choices or Choices()
    report = Report(str(source), is_dry_run)
    is_zendesk = zendesk.is_one(source)
    gathered = _gather(source, choices, report, brand=brand, is_zendesk=is_zendesk)
    report.entries += gathered.problems
    report.articles = len(gathered.drafts)
    for draft in gathered.drafts:
        draft.needs_review = not reviews
    known = _known(gathered)
    know_owners(gathered.drafts, known, report)
    here = look(gathered, known, brand=brand, is_zendesk=is_zendesk)
    plans = _plans(gathered, known, here, report, overwrites)
    blocks = Blocks(gathered, here.blocks, report, by, reviews, overwrites)
    if is_dry_run:
        blocks.foretell()
        for plan in plans:
            _tell(report, plan, known.get(plan.draft.key))
    else:
        _write(plans, gathered, known, blocks, brand=brand, by=by, report=report, progress=progress)
    Trees(known, report, by, reviews, overwrites, is_dry_run).bring(gathered.drafts)
    _tell_gone(gathered, report)
    report.seconds = time.monotonic() - begun
    return report


def _gather(source: Path, choices: Choices, report: Report, *, brand: Brand, is_zendesk: bool) -> Gathered:
    """What the source holds; where it was called otherwise the last time, by the name it had then."""
    gather = zendesk.gather if is_zendesk else lambda root, said: Folder(root, said).gather()
    gathered: Gathered = gather(source, choices)
    if choices.name or _of_source(gathered):
        return gathered
    name, pages = known_as(gathered, brand)
    if not name:
        return gathered
    report.add(NOTE, source.name, reason="another_name", details={"name": name, "count": pages})
    return gather(source, replace(choices, name=name))


def _known(gathered: Gathered) -> dict[str, Article]:
    by_place = _of_source(gathered)
    known = by_place | origins.holding(set(gathered.renamed.values()))
    for place, key in gathered.renamed.items():
        # Before exports carried keys, their articles were known by their places.
        if key not in known and place in by_place:
            known[key] = by_place[place]
    return known


def _of_source(gathered: Gathered) -> dict[str, Article]:
    found = Article.objects.filter(source__startswith=gathered.prefix)
    return {
        article.source: article
        for article in found.select_related("imported", "owner", "topic__product__brand")
    }


def _plans(
    gathered: Gathered, known: dict[str, Article], here: Here, report: Report, overwrites: bool
) -> list[Plan]:
    plans = []
    for draft in gathered.drafts:
        try:
            plans.append(_plan(draft, gathered, known.get(draft.key), here, report, overwrites))
        except Exception as error:  # an odd text stops no other
            report.entries.append(told(error, draft.path))
    return plans


def _plan(
    draft: Draft,
    gathered: Gathered,
    article: Article | None,
    here: Here,
    report: Report,
    overwrites: bool,
) -> Plan:
    if article and draft.own_key and _is_own(article, gathered, draft):
        return _plan_of_own(draft, gathered, article, here, report, overwrites)
    imported: Imported | None = getattr(article, "imported", None) if article else None
    texts = {}
    for locale, text in draft.texts.items():
        digest, notes = survey(text, gathered.leads)
        report.entries += notes
        if imported and imported.says(locale, digest):
            texts[locale] = ("unchanged", digest)
        elif imported and imported.is_edited(locale) and not overwrites:
            report.add(FAILED, text.path, locale=locale, reason="edited_here", article=imported.article_id)
        else:
            texts[locale] = ("changed" if imported and locale in imported.texts else "new", digest)
    settings = settings_digest(draft)
    return Plan(draft, settings, texts, imported is None or imported.settings != settings)


def _is_own(article: Article, gathered: Gathered, draft: Draft) -> bool:
    is_by_place = gathered.renamed.get(article.source) == draft.key
    return origins.is_begun_here(article, draft.key) and not is_by_place


def _plan_of_own(
    draft: Draft,
    gathered: Gathered,
    article: Article,
    here: Here,
    report: Report,
    overwrites: bool,
) -> Plan:
    """Of an article that was begun here and comes back, what differs from how it stands here."""
    if not overwrites:
        keep_narrow(draft, article, report)
    settings = settings_digest(draft)
    texts = {}
    for locale, text in draft.texts.items():
        digest, notes = survey(text, gathered.leads)
        report.entries += notes
        reason = "" if overwrites else stands_against(text, article, gathered.reader)
        if here.says(draft, locale, digest):
            texts[locale] = ("unchanged", digest)
        elif reason:
            report.add(FAILED, text.path, locale=locale, reason=reason, article=article.pk)
        else:
            texts[locale] = ("changed" if (draft.key, locale) in here.texts else "new", digest)
    return Plan(draft, settings, texts, here.settings.get(draft.key) != settings, is_own=True)


def _write(
    plans: list[Plan],
    gathered: Gathered,
    articles: dict[str, Article],
    blocks: Blocks,
    *,
    brand: Brand,
    by: CanAct,
    report: Report,
    progress: Progress,
) -> None:
    # Links may lead to any article of the import, so all have their number before the first is written.
    if gathered.shelves:
        shelves.offer_places(gathered.shelves, brand, by=by)
    blocks.begin()
    places = Places(brand, gathered.drafts, by=by)
    for plan in plans:
        try:
            if plan.draft.key not in articles:
                articles[plan.draft.key] = _begin(plan.draft, places, report, by=by)
        except Exception as error:
            _refuse(report, plan, error)
    plans = [plan for plan in plans if plan.draft.key in articles]
    linker, keywords = Linker(gathered, articles, blocks.begun, by=by), Keywords(report, by)
    blocks.write(linker)
    for done, plan in enumerate(plans, start=1):
        article = articles[plan.draft.key]
        try:
            _adopt(article, plan)
            if not plan.is_nothing:
                hold_audience(plan.draft, article, report)
                write(plan, article, places=places, linker=linker, keywords=keywords, by=by)
            _tell(report, plan, article)
        except Exception as error:
            _refuse(report, plan, error)
        progress(done, len(plans), plan.draft.path)
    keywords.finish()
    if gathered.shelves:
        shelves.offer_sets(gathered, brand, articles, by=by)


def _adopt(article: Article, plan: Plan) -> None:
    """An article that came in by its place is known by its key from now on."""
    if not plan.is_own and plan.draft.own_key and origins.key_of(article) != plan.draft.own_key:
        article.source = plan.draft.source
        article.save(update_fields=["source"])


def _begin(draft: Draft, places: Places, report: Report, *, by: CanAct) -> Article:
    return Article.start(
        places.topic_of(draft), by=by, kind=draft.kind,
        source=draft.source or draft.key, position=draft.position, original_locale=draft.original,
        **audience_of(draft, report),
    )  # fmt: skip


def _refuse(report: Report, plan: Plan, error: Exception) -> None:
    report.add(FAILED, plan.draft.path, reason="refused", details=why(error))


def _tell(report: Report, plan: Plan, article: Article | None) -> None:
    for locale, (status, _digest) in plan.texts.items():
        text = plan.draft.texts[locale]
        # Another topic or audience is a change as well, told once for each of its texts.
        told = "changed" if status == "unchanged" and plan.has_new_settings else status
        report.add(told, text.path, locale=locale, article=article.pk if article else None)
        if plan.draft.needs_review and status != "unchanged" and not text.is_draft:
            report.add(NOTE, text.path, locale=locale, reason="for_review")


def _tell_gone(gathered: Gathered, report: Report) -> None:
    held = {draft.key for draft in gathered.drafts}
    told = {entry.path for entry in report.entries if entry.status == FAILED}
    for key, article in _of_source(gathered).items():
        texts = getattr(article, "imported", None)
        if key not in held and texts is not None and not _still_there(key, gathered.prefix, told):
            report.add(NOTE, key.removeprefix(gathered.prefix), reason="gone", article=article.pk)


def _still_there(key: str, prefix: str, failed: set[str]) -> bool:
    """A file that could not be read today is not gone."""
    name = key.removeprefix(prefix).rpartition("/")[2]
    return any(path.rpartition("/")[2].split(".")[0] == name for path in failed)
