"""What may help with this conversation: known issues it may be a case of, articles for what it is about now, and solved
conversations like it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from handrail.accounts.viewer import Viewer
from handrail.answers.answer import answer
from handrail.automation.article_links import reader_of
from handrail.conversations.conversation import Conversation
from handrail.conversations.known import known_issues
from handrail.conversations.queries import Row
from handrail.conversations.search import similar_solved
from handrail.core.html_tree import parse
from handrail.intake.asked_last import is_asking, newest_asking
from handrail.intake.respond import page_of
from handrail.knowledge.audiences import keys_of
from handrail.knowledge.excerpt import excerpt
from handrail.knowledge.models import Article
from handrail.knowledge.reading import parts
from handrail.web.desk.conversations import fetch
from handrail.web.desk.frame import fragment
from handrail.web.desk.template_answers import offered
from handrail.web.desk.tried import known_to
from handrail.workspace.formats import readable

ARTICLES_MOST = 5
QUESTION_CHARS_MAX = 600
QUOTE_CHARS_MAX = 220


@dataclass(frozen=True)
class Suggested:
    """An article to send. `quote` is the passage that fits best; `is_internal` must not go to a customer.

    owner           who answers for it; "" for nobody
    checked_at      when somebody last said that it is true
    needs_checking  its check date has passed: it stands below those that are checked
    is_known        the customer had its words before them, and asks still: it stands last
    """

    article: int
    title: str
    url: str
    quote: str
    locale: str
    is_internal: bool
    version: int
    owner: str
    checked_at: datetime | None
    needs_checking: bool
    is_known: bool = False


def suggestions(request: HttpRequest, number: int) -> HttpResponse:
    """GET /desk/conversations/<number>/suggestions: a fragment, asked again when the customer writes."""
    conversation = fetch(request, number)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    question = question_of(conversation)
    fitting = articles(question, viewer=viewer, conversation=conversation) if question else []
    titles = {each.article: each.title for each in fitting}
    return fragment(
        request,
        "desk/suggestions.html",
        conversation=conversation,
        articles=fitting,
        templates=offered(titles, conversation, viewer=viewer, user=request.user) if titles else [],  # type: ignore[arg-type]
        known=known_issues(question, viewer=viewer, but=conversation) if question else [],
        solved=solved(conversation, question, viewer=viewer) if question else [],
    )


def question_of(conversation: Conversation) -> str:
    """What the conversation is about now: its subject, and the customer's last words that ask something; "" where neither does.

    Of a mail that brings a code not even the subject.
    """
    is_looked_up = is_asking(conversation.subject) and not conversation.holds_code
    subject = conversation.subject if is_looked_up else ""
    return f"{subject}\n{newest_asking(conversation.messages.all())}".strip()[:QUESTION_CHARS_MAX]


def articles(question: str, *, viewer: Viewer, conversation: Conversation) -> list[Suggested]:
    """At most five, best first: what the engine of the portal would offer, and nothing that it would not; those whose check
    date has passed come last, and below them what the customer had before them already.

    What the one who asked could not read is marked.
    """
    locale = conversation.locale
    asker = keys_of(reader_of(conversation))
    page = page_of(conversation)
    result = answer(question, viewer, locale=locale, channel="desk", page=page, remember=False)
    hits = result.offered[:ARTICLES_MOST]
    seen = Article.objects.visible_to(viewer).with_published().select_related("owner")
    found = {article.pk: article for article in seen.filter(pk__in=[hit.article for hit in hits])}
    quoted, known = {hit.article: hit.text for hit in result.answers}, known_to(conversation)
    suggested = [
        Suggested(
            hit.article,
            hit.title,
            readable(hit.url_at(conversation.brand.site)),
            quoted.get(hit.article) or _opening(found[hit.article], hit.locale),
            hit.locale,
            found[hit.article].audience_key not in asker
            or _quotes_inner(found[hit.article], hit.locale, quoted.get(hit.article, ""), asker),
            hit.version,
            getattr(found[hit.article].owner, "name", ""),
            found[hit.article].checked_at,
            found[hit.article].needs_checking(),
            hit.article in known,
        )
        for hit in hits
        if hit.article in found
    ]
    return sorted(suggested, key=lambda each: (each.is_known, each.needs_checking))


def _quotes_inner(article: Article, locale: str, quote: str, asker: frozenset[str]) -> bool:
    """Whether the quotation comes from a passage or block that the one who asked may not read."""
    text = article.published(locale)
    if not quote or text is None or text.published is None:
        return False
    runs = parts(text.published, article.audience_key, locale=locale)
    inner = "".join(parse(run.html).words() for run in runs if run.audience not in asker)
    return "".join(quote.split()) in "".join(inner.split())


def _opening(article: Article, locale: str) -> str:
    """Its first words, where the engine quotes no passage."""
    text = article.published(locale)
    return excerpt(text.published.text, QUOTE_CHARS_MAX) if text and text.published else ""


def solved(conversation: Conversation, question: str, *, viewer: Viewer) -> list[Row]:
    """Solved conversations that are likely about the same, most in common first."""
    return similar_solved(question, viewer=viewer, but=conversation.pk)
