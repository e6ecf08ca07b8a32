"""Macros: a prepared text, articles, files and changes, or some of them, of one colleague, a team, or everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Q

from handrail.accounts.models import Team, User
from handrail.accounts.viewer import Viewer
from handrail.automation.article_links import put_in, readable_by_asker
from handrail.automation.changes import Change, read
from handrail.conversations.conversation import Conversation
from handrail.conversations.placeholders import filled
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.alphabetical import Alphabetical
from handrail.core.events.ledger import record
from handrail.core.files.keeping import copied, erase
from handrail.core.files.models import StoredFile
from handrail.knowledge.models import Article

FOUND_MOST = 20
ENCLOSED_MOST = 10  # articles, and files


class MacroQuerySet(models.QuerySet["Macro"]):
    def visible_to(self, viewer: Viewer) -> MacroQuerySet:
        """Those a colleague may use: their own, their teams', and everybody's."""
        if "conversations.reply" not in viewer.rights:
            return self.none()
        mine = Q(owner=viewer.user_id) | Q(team__in=viewer.team_ids) | Q(owner=None, team=None)
        return self.filter(mine, retired_at=None)

    def changeable_by(self, viewer: Viewer) -> MacroQuerySet:
        """Those they may change: everybody's only with the right to share."""
        seen = self.visible_to(viewer)
        return seen if "macros.share" in viewer.rights else seen.exclude(owner=None, team=None)


class Macro(models.Model):
    """`changes` as JSON of changes.Change. Neither owner nor team: everybody's. Its files are its own: what is sent is a
    copy, so that a message can be redacted without the macro losing anything."""

    title = models.CharField(max_length=80)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="macros")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="macros")
    changes = models.JSONField(default=list, blank=True)
    files = models.ManyToManyField(StoredFile, blank=True, related_name="macros")
    with_words = models.BooleanField(
        default=False, help_text="its articles' words go in, not their links alone"
    )
    created_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = MacroQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=None) | Q(team=None), name="a_macro_is_one_colleagues_or_one_teams"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def steps(self) -> list[Change]:
        return read(self.changes)

    def text(self, locale: str) -> str:
        """Its text in the customer's language, else in the other; "" where it has none."""
        texts = {each.locale: each.text for each in self.texts.all()}
        return texts.get(locale) or next((text for text in texts.values() if text), "")

    @property
    def article_numbers(self) -> list[int]:
        return [each.article_id for each in self.enclosed.all()]

    @classmethod
    @transaction.atomic
    def make(
        cls,
        title: str,
        *,
        by: User,
        texts: Mapping[str, str] | None = None,
        changes: Sequence[Change] = (),
        team: Team | None = None,
        is_shared: bool = False,
    ) -> Macro:
        """A new macro: of `team`, of everybody where `is_shared`, else of `by` alone."""
        macro = cls(owner=None if team or is_shared else by, team=team)
        macro._write(title, texts or {}, changes)
        record("macro.made", macro, by=by)
        return macro

    @transaction.atomic
    def enclose(
        self,
        *,
        by: CanAct,
        articles: Sequence[int] | None = None,
        with_words: bool = False,
        files: Sequence[StoredFile] | None = None,
    ) -> None:
        """What goes along with its text; None leaves articles or files as they are. A file it drops is erased.

        articles  numbers, in the order in which they are put in, at most ENCLOSED_MOST
        """
        if articles is not None:
            self.enclosed.all().delete()
            wanted = dict.fromkeys(articles[:ENCLOSED_MOST])
            rows = [Enclosed(macro=self, article_id=pk, place=at) for at, pk in enumerate(wanted)]
            Enclosed.objects.bulk_create(rows)
            self.with_words = with_words
            self.save(update_fields=["with_words"])
        if files is not None:
            dropped = list(self.files.exclude(pk__in=[each.pk for each in files]))
            self.files.set(files[:ENCLOSED_MOST])
            for file in dropped:
                erase(file, by=by)

    @transaction.atomic
    def rewrite(self, title: str, *, by: CanAct, texts: Mapping[str, str], changes: Sequence[Change]) -> None:
        self._write(title, texts, changes)
        record("macro.changed", self, by=by)

    @transaction.atomic
    def retire(self, *, by: CanAct) -> None:
        """Nobody finds it any more; what was done with it still names it."""
        self.retired_at = clock.now()
        self.save(update_fields=["retired_at"])
        record("macro.retired", self, by=by)

    def _write(self, title: str, texts: Mapping[str, str], changes: Sequence[Change]) -> None:
        self.title = " ".join(title.split())[:80]
        self.changes = [each.as_json() for each in changes]
        self.save()
        for locale, text in texts.items():
            self.texts.update_or_create(locale=locale, defaults={"text": text.strip()})


class MacroText(models.Model):
    macro = models.ForeignKey(Macro, on_delete=models.CASCADE, related_name="texts")
    locale = models.CharField(max_length=5)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["macro", "locale"], name="a_macro_has_one_text_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.macro_id} ({self.locale})"


class Enclosed(models.Model):
    """An article that goes along with a macro; `place` is its order."""

    macro = models.ForeignKey(Macro, on_delete=models.CASCADE, related_name="enclosed")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["macro", "article"], name="an_article_goes_along_once")
        ]

    def __str__(self) -> str:
        return f"article {self.article_id} of {self.macro_id}"


@dataclass(frozen=True)
class Prepared:
    """What a macro becomes in one conversation.

    text    its words and articles in the customer's language, placeholders filled; one with nothing to stand in it stays
    files   the macro's own; `own` makes the copies that are sent
    closed  numbers of its articles the customer may not read: they are not in `text`
    """

    text: str
    files: list[StoredFile]
    closed: list[int]


def prepared(
    macro: Macro, conversation: Conversation, *, by: User | None, known: Mapping[int, Article] | None = None
) -> Prepared:
    """What it becomes where `by` uses it; None where nobody does, and their name stays a placeholder.

    known  the articles of this macro, and perhaps of others, that the customer may read; looked for without it
    """
    numbers = macro.article_numbers
    if known is None:
        known = readable_by_asker(conversation, numbers)
    articles = [known[number] for number in numbers if number in known]
    said = put_in(conversation, articles, with_words=macro.with_words)
    words = filled(macro.text(conversation.locale), conversation, agent=by)
    text = "\n\n".join(each for each in (words, *said) if each)
    return Prepared(text, list(macro.files.all()), [number for number in numbers if number not in known])


def own(file: StoredFile, *, by: CanAct) -> StoredFile:
    """The file itself, or a copy of one that belongs to a macro."""
    return copied(file, by=by) if file.macros.exists() else file


def found(words: str, *, viewer: Viewer) -> list[Macro]:
    """Those the viewer may use whose title or text holds every word; a title that begins so first. All without words."""
    macros = Macro.objects.visible_to(viewer)
    for word in words.split()[:6]:
        macros = macros.filter(Q(title__icontains=word) | Q(texts__text__icontains=word))
    rows = list(
        macros.distinct()
        .prefetch_related("texts", "enclosed", "files")
        .order_by(Alphabetical("title"), "pk")[: FOUND_MOST * 3]
    )
    start = words.casefold().strip()
    return sorted(rows, key=lambda each: not each.title.casefold().startswith(start))[:FOUND_MOST]
