"""Mails to those who follow: the one that asks, and the ones that tell. A job for each address."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

from django.utils import translation
from django.utils.translation import gettext as _

from handrail.channels.looks import look_of
from handrail.channels.mail.addresses import inbox_address
from handrail.channels.mail.carrying import carry_or_retry
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.render import Letter, build
from handrail.channels.models import Inbox
from handrail.core import clock
from handrail.core.events.models import Event
from handrail.core.ids import random_id
from handrail.core.jobs.backend import task
from handrail.knowledge.articles import Article
from handrail.knowledge.difference import changed_passages
from handrail.knowledge.revisions import Revision
from handrail.knowledge.subscriptions import Notice, Subscription
from handrail.knowledge.translations import Translation

QUIET = timedelta(
    hours=1
)  # an author who mends a text three times in a row tells of it once more, not thrice
LEAD_LETTERS_MAX = 300
CHANGES_MAX = 5  # passages; the article has the rest


@task(queue_name="mail")
def ask_to_confirm(subscription_id: int) -> bool:
    """Ask an address whether it wants what somebody asked for in its name."""
    row = Subscription.objects.select_related("brand", "article", "topic", "product").get(pk=subscription_id)
    inbox = _inbox(row)
    if inbox is None or row.is_standing:
        return False
    with translation.override(row.locale):
        brand = row.brand.name(row.locale)
        text = "\n\n".join(
            [
                _(
                    "Someone asked to have changes of “%(name)s” sent to this address. Press here if it was you:"
                )
                % {"name": name_of(row)},
                f"{row.brand.site}/hc/{row.locale}/follow/{quote(row.confirm_token)}",
                _("If it was not you, there is nothing to do: without your press no further mail comes."),
            ]
        )
        letter = _letter(
            row, inbox, _("Follow “%(name)s” at %(brand)s?") % {"name": name_of(row), "brand": brand}, text
        )
        _send(letter, inbox, row.email)
    return True


@task(queue_name="mail")
def tell(subscription_id: int, article_id: int) -> bool:
    """Tell one address that an article changed, if it may read it and was not told of this state yet."""
    rows = Subscription.objects.standing().select_related("brand", "article", "topic", "product")
    row = rows.filter(pk=subscription_id).first()
    inbox = _inbox(row) if row else None
    if row is None or inbox is None:
        return False
    article = Article.objects.visible_to(row.viewer).with_published().filter(pk=article_id).first()
    text = article.published(row.locale) if article and not article.has_ended else None
    if article is None or text is None or text.published is None:
        return False
    notice, _made = Notice.objects.get_or_create(
        email=row.email, article=article, locale=text.locale, revision=text.published.number,
        defaults={"subscription": row, "message_id": f"{random_id()}@{row.brand.mail_domain}"},
    )  # fmt: skip
    if notice.sent_at:
        return False
    is_new = not Notice.objects.filter(email=row.email, article=article).exclude(pk=notice.pk).exists()
    with translation.override(row.locale):
        is_first = is_new and text.published.number == 1
        said = "" if is_first else what_changed(text, _told_before(notice, text))
        letter = _about(row, inbox, article, text.title, said or lead(text.published.text), is_first)
        _send(letter, inbox, row.email, notice.message_id)
    notice.sent_at = clock.now()
    notice.save(update_fields=["sent_at"])
    return True


def _told_before(notice: Notice, text: Translation) -> Revision | None:
    """The state this address was told of last, or else the one readers had until this was published."""
    told = Notice.objects.filter(email=notice.email, article=notice.article, locale=notice.locale)
    numbers = list(told.filter(sent_at__isnull=False).values_list("revision", flat=True))
    if not numbers:
        facts = Event.objects.about(text.article).filter(verb="article.published")
        known = (
            data.get("revision")
            for data in facts.values_list("data", flat=True)
            if data.get("locale") == text.locale
        )
        numbers = [number for number in known if number and number < notice.revision]
    return text.revisions.filter(number=max(numbers)).first() if numbers else None


def what_changed(text: Translation, before: Revision | None) -> str:
    """The passages that are new or say something else, a line each; "" where none is, or nothing was before."""
    if before is None or text.published is None:
        return ""
    rows = changed_passages(before.html, text.published.html)
    # A dividing line says nothing, and a reusable block is called by a name for authors.
    said = [row for row in rows if row.state in {"changed", "new"} and row.new_kind not in {"hr", "block"}]
    new = ["".join(piece.text for piece in row.new) for row in said]
    return (
        "\n".join([_("What changed:"), *(f"- {lead(passage)}" for passage in new[:CHANGES_MAX])])
        if new
        else ""
    )


def lead(text: str) -> str:
    """The words a text begins with, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= LEAD_LETTERS_MAX else words[:LEAD_LETTERS_MAX].rsplit(" ", 1)[0] + "…"


def tell_followers(article: Article) -> int:
    """A job for each address that follows the article. Returns how many."""
    found: dict[str, int] = {}
    for pk, email in Subscription.objects.standing().of(article).order_by("pk").values_list("pk", "email"):
        found.setdefault(email, pk)
    for email, pk in found.items():
        last = Notice.objects.filter(email=email, article=article).order_by("-sent_at").first()
        quiet_until = last.sent_at + QUIET if last and last.sent_at else None
        wait = quiet_until if quiet_until and quiet_until > clock.now() else None
        tell.using(dedupe_key=f"tell:{pk}:{article.pk}", run_after=wait).enqueue(pk, article.pk)
    return len(found)


def name_of(row: Subscription) -> str:
    """What is followed, in the subscriber's language."""
    if row.article:
        text = row.article.published(row.locale)
        return text.title if text else str(row.article)
    place = row.topic or row.product
    return place.name(row.locale) if place else _("News")


def _about(row: Subscription, inbox: Inbox, article: Article, title: str, said: str, is_new: bool) -> Letter:
    brand = row.brand.name(row.locale)
    subject = _("New at %(brand)s: %(title)s") if is_new else _("Changed at %(brand)s: %(title)s")
    leave = f"{row.brand.site}/hc/{row.locale}/leave/{quote(row.leave_token)}"
    body = "\n\n".join(
        [
            title,
            said,
            f"{row.brand.site}/hc/{row.locale}/articles/{article.pk}",
            _("You get this because you follow “%(name)s”. Stop these mails: %(address)s")
            % {"name": name_of(row), "address": leave},
        ]
    )
    headers = {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return _letter(row, inbox, subject % {"brand": brand, "title": title}, body, headers)


def _letter(
    row: Subscription, inbox: Inbox, subject: str, text: str, headers: dict[str, str] | None = None
) -> Letter:
    return Letter(
        sender=Mailbox(inbox_address(inbox.address), inbox.sender_name(row.locale, brand=row.brand)),
        to=Mailbox(row.email, ""),
        subject=subject,
        text=text,
        message_id=f"{random_id()}@{row.brand.mail_domain}",
        automatic=True,
        lang=row.locale,
        look=look_of(row.brand, locale=row.locale),
        headers=headers or {},
    )


def _send(letter: Letter, inbox: Inbox, email: str, message_id: str = "") -> None:
    mail = build(replace(letter, message_id=message_id) if message_id else letter)
    carry_or_retry(inbox, mail, to=email)


def _inbox(row: Subscription) -> Inbox | None:
    return Inbox.objects.mail_for(row.brand)
