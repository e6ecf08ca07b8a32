"""Troubleshooters of an export of ours: read from the files beside their articles, and brought in after the texts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from handrail.core.actors import CanAct
from handrail.knowledge import origins
from handrail.knowledge.articles import Article
from handrail.knowledge.imported import Imported
from handrail.knowledge.importing import front_matter, ours, page
from handrail.knowledge.importing.draft import Draft, TreeDraft
from handrail.knowledge.importing.files import DRAFT_TREE, TREE
from handrail.knowledge.importing.report import FAILED, NOTE, Entry, Report
from handrail.knowledge.importing.trouble import NotTaken, told, why
from handrail.knowledge.troubleshooting.drawing import Document
from handrail.knowledge.troubleshooting.models import NotReady, Troubleshooter
from handrail.knowledge.troubleshooting.travelling import Odd, face_of, plain, whole, with_articles

MEMORY = "tree"  # beside the languages in what an article remembers of its source


def attach(drafts: dict[str, Draft], root: Path, *, prefix: str, has_all: bool) -> list[Entry]:
    """Give each draft the troubleshooter that lies beside its files; one without texts becomes a draft of its own."""
    problems: list[Entry] = []
    # What is shown comes before what is drawn above it.
    for path in sorted(root.rglob(f"*{TREE}"), key=lambda one: (one.name.endswith(DRAFT_TREE), one)):
        relative = path.relative_to(root).as_posix()
        if any(part.startswith(".") for part in path.relative_to(root).parts):
            continue
        try:
            said = front_matter.whole(page.decode(path.read_bytes()))
            _attach(drafts, relative, said, root, prefix=prefix, has_all=has_all)
        except Odd as error:
            details = {"why": error.why, **error.values}
            problems.append(Entry(FAILED, relative, reason="tree_odd", details=details))
        except NotTaken as error:
            reason = "tree_odd" if error.reason == "front_matter" else error.reason
            problems.append(Entry(FAILED, relative, reason=reason, details=error.details))
        except Exception as error:  # an odd file stops no other
            problems.append(told(error, relative))
    return problems


def _attach(
    drafts: dict[str, Draft], path: str, said: dict[str, Any], root: Path, *, prefix: str, has_all: bool
) -> None:
    is_above = path.endswith(DRAFT_TREE)
    name = path.removesuffix(DRAFT_TREE if is_above else TREE)
    draft, settings = drafts.get(prefix + name), said.get("article")
    if draft is None and isinstance(settings, dict):
        draft = ours.draft_of(name, settings, prefix=prefix, root=root, has_all=has_all)
    if draft is None:
        raise NotTaken("tree_alone")
    if is_above:
        if draft.tree is None:
            raise NotTaken("tree_alone")
        draft.tree.drawn = plain(said)
    elif front_matter.flag(said, "draft"):
        draft.tree = TreeDraft(path, drawn=plain(said))
    else:
        face = face_of({code: (text.title, text.html, text.aliases) for code, text in draft.texts.items()})
        moment = front_matter.moment(said, "updated", zone=ours.ZONE)
        draft.tree = TreeDraft(path, shown=plain(said, face), updated_at=moment)
    drafts[draft.key] = draft


@dataclass
class Trees:
    """The troubleshooters of one import, brought in one by one. `articles` maps each key to its article."""

    articles: Mapping[str, Article]
    report: Report
    by: CanAct
    reviews: bool
    overwrites: bool
    is_dry_run: bool

    def bring(self, drafts: list[Draft]) -> None:
        """Draw and show each as its files say. What somebody drew here since it came in is left alone, and told."""
        self.keys = {article.pk: key for key, article in self.articles.items()}
        for draft in drafts:
            if draft.tree and (self.is_dry_run or draft.key in self.articles):
                try:
                    self._bring(draft.tree, self.articles.get(draft.key))
                except Exception as error:
                    self.report.add(FAILED, draft.tree.path, reason="refused", details=why(error))

    def _bring(self, tree: TreeDraft, article: Article | None) -> None:
        one = _of(article)
        here = self._here(one)
        known = _memory(article)
        digest = _digest(tree)
        if known and known["digest"] == digest:
            self._tell("unchanged", tree, article)
            return
        if (tree.shown, tree.drawn) == here:
            self._tell("unchanged", tree, article)
        elif one and not self.overwrites and _is_newer(one, tree, known):
            self._tell(FAILED, tree, article, reason="edited_here")
            return
        else:
            if not self.is_dry_run:
                assert article is not None  # every draft was begun by now
                one = self._write(tree, article, one, here)
            self._tell("new" if here == (None, None) else "changed", tree, article)
        if article and one and not self.is_dry_run:
            _remember(article, digest, one.edition)

    @transaction.atomic
    def _write(
        self,
        tree: TreeDraft,
        article: Article,
        one: Troubleshooter | None,
        here: tuple[Document | None, Document | None],
    ) -> Troubleshooter:
        newest = tree.drawn or tree.shown
        assert newest is not None  # a file says one or the other
        one = one or Troubleshooter.begin_for(article, self._numbered(newest), by=self.by)
        if not self.reviews:
            self._draw(one, newest)
            self._hand_in(one, tree)
            return one
        if tree.shown and tree.shown != here[0]:
            self._draw(one, tree.shown)
            try:
                one.publish_as_elsewhere(at=tree.updated_at, by=self.by)
            except NotReady:
                self.report.add(NOTE, tree.path, reason="tree_not_ready", article=article.pk)
        self._draw(one, newest)
        return one

    def _hand_in(self, one: Troubleshooter, tree: TreeDraft) -> None:
        """What may not be published by who imports it waits for a reviewer; a draft stays one."""
        if tree.shown is None:
            return
        try:
            one.ask_for_review(by=self.by)
        except NotReady:
            self.report.add(NOTE, tree.path, reason="tree_not_ready", article=one.article_id)
        else:
            self.report.add(NOTE, tree.path, reason="for_review", article=one.article_id)

    def _draw(self, one: Troubleshooter, document: Document) -> None:
        numbered = self._numbered(document)
        if whole(one.draft, str) != whole(numbered, str):
            one.draw(numbered, by=self.by)

    def _numbered(self, document: Document) -> Document:
        return with_articles(document, lambda key: self.articles[key].pk if key in self.articles else None)

    def _here(self, one: Troubleshooter | None) -> tuple[Document | None, Document | None]:
        """What is shown here, and what is drawn above it or was never shown, articles by their keys."""
        if one is None:
            return None, None
        drawn = whole(one.draft, self._key_of)
        shown = whole(one.published.document, self._key_of) if one.published else None
        return shown, None if drawn == shown else drawn

    def _key_of(self, number: int) -> str | None:
        if number not in self.keys:
            article = Article.objects.filter(pk=number).first()
            self.keys[number] = origins.key_of(article) if article else ""
        return self.keys[number] or None

    def _tell(self, status: str, tree: TreeDraft, article: Article | None, reason: str = "") -> None:
        self.report.add(status, tree.path, reason=reason, article=article.pk if article else None)


def _of(article: Article | None) -> Troubleshooter | None:
    rows = Troubleshooter.objects.select_related("published", "article__topic__product__brand")
    return rows.filter(article=article).first() if article else None


def _is_newer(one: Troubleshooter, tree: TreeDraft, known: dict[str, Any] | None) -> bool:
    """Whether somebody drew here what the file does not know of."""
    if known:
        return bool(one.edition != known["revision"])
    if one.published is None or tree.shown is None:
        # A draft has no history to find it in again.
        return True
    return one.is_changed or bool(tree.updated_at and one.published.published_at > tree.updated_at)


def _memory(article: Article | None) -> dict[str, Any] | None:
    imported = Imported.objects.filter(article=article).first() if article else None
    return imported.texts.get(MEMORY) if imported else None


def _remember(article: Article, digest: str, edition: int) -> None:
    imported = Imported.objects.filter(article=article).first()
    said = {"digest": digest, "revision": edition}
    if imported and imported.texts.get(MEMORY) != said:
        imported.texts[MEMORY] = said
        imported.save(update_fields=["texts"])


def _digest(tree: TreeDraft) -> str:
    said = [tree.shown, tree.drawn]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
