"""The words that lead to articles, as front matter of an export of ours says them: tied once the articles are here."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import translation

from handrail.core.actors import CanAct
from handrail.knowledge import tied_words
from handrail.knowledge.articles import Article
from handrail.knowledge.imported import Imported
from handrail.knowledge.importing.draft import Draft
from handrail.knowledge.importing.report import NOTE, Report


@dataclass
class Keywords:
    """The words of one import. A word may move from one article to another, so what is taken is tried again at the end."""

    report: Report
    by: CanAct
    waiting: list[tuple[Draft, Article]] = field(default_factory=list)

    def tie(self, draft: Draft, article: Article) -> None:
        """Let the draft's words lead to its article; what its source does not say at all stays."""
        if draft.keywords is not None and tied_words.tie(draft.keywords, article, by=self.by):
            self.waiting.append((draft, article))

    def finish(self) -> None:
        """Tie what waited, and tell of every word that leads elsewhere still."""
        now = tied_words.words_of([article for _draft, article in self.waiting])
        for draft, article in self.waiting:
            # First each gives up what it has no more: another of them may want it.
            kept = [word for word in draft.keywords or [] if word in now.get(article.pk, [])]
            tied_words.tie(kept, article, by=self.by)
        for draft, article in self.waiting:
            if taken := tied_words.tie(draft.keywords or [], article, by=self.by):
                other = taken.article.title_in(translation.get_language() or "")
                details = {"word": taken.word, "other": other}
                self.report.add(NOTE, draft.path, reason="keyword_taken", article=article.pk, details=details)
                # What did not come in whole is tried again the next time.
                Imported.objects.filter(article=article).update(settings="")
