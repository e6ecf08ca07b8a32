"""Readers who follow an article, a topic, a product or the news by mail.

A stranger's address is asked by mail first whether it wants this; a change is told once to each address, and every
mail can be stopped with one click by whoever holds it, without signing in.
"""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.db import models, transaction
from django.db.models import F, Q

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.channels.mail.addresses import of_mailbox
from handrail.contacts.accounts import find
from handrail.contacts.identify import normal
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.ids import random_id
from handrail.knowledge.articles import Article
from handrail.knowledge.products import Product, Topic
from handrail.workspace.locales import LocaleField
from handrail.workspace.models import Brand

CONFIRM_WITHIN = timedelta(days=3)
# A mailbox that answers none of them is asked about so many things a day, and about each once: anybody can ask in its name.
ASKED_WITHIN, ASKED_MOST = timedelta(days=1), 3
CONFIRM_SALT, LEAVE_SALT = "knowledge.follow", "knowledge.leave"


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def standing(self) -> SubscriptionQuerySet:
        """Those that are told of changes."""
        return self.filter(confirmed_at__isnull=False, left_at=None)

    def unanswered(self) -> SubscriptionQuerySet:
        """Those whose address was asked within a day and pressed nothing since."""
        asked = self.filter(asked_at__gt=clock.now() - ASKED_WITHIN)
        return asked.filter(Q(confirmed_at=None) | Q(confirmed_at__lt=F("asked_at")))

    def of(self, article: Article) -> SubscriptionQuerySet:
        """Everything that follows an article: itself, what it stands under, and the news if it is news."""
        topics = [article.topic, *article.topic.above()]
        wanted = Q(article=article) | Q(topic__in=topics) | Q(product=article.topic.product)
        if article.kind == Article.Kind.NEWS:
            # Of every brand: each one's help centre shows all news.
            wanted |= Q(article=None, topic=None, product=None)
        return self.filter(wanted)


class Subscription(models.Model):
    """One address follows one thing; with neither article, topic nor product it is the brand's news."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.CASCADE, related_name="followers"
    )
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="followers"
    )
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.CASCADE, related_name="followers"
    )
    email = models.CharField(max_length=254)
    locale = LocaleField()
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    # Set by `ask`: now is the moment for the mail that asks.
    is_to_be_asked = False

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email", "article"], name="an_article_is_followed_once"),
            models.UniqueConstraint(fields=["email", "topic"], name="a_topic_is_followed_once"),
            models.UniqueConstraint(fields=["email", "product"], name="a_product_is_followed_once"),
            models.UniqueConstraint(
                fields=["email", "brand"],
                condition=Q(article=None, topic=None, product=None),
                name="the_news_are_followed_once",
            ),
            models.CheckConstraint(
                condition=Q(article=None, topic=None)
                | Q(article=None, product=None)
                | Q(topic=None, product=None),
                name="a_subscription_follows_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} follows {self.article or self.topic or self.product or 'news'}"

    @property
    def is_standing(self) -> bool:
        return self.confirmed_at is not None and self.left_at is None

    @property
    def viewer(self) -> Viewer:
        """Who reads what is sent: the person whose address was proved, with what they may read today."""
        person = find(self.email)
        if person is None:
            return STRANGER
        return Viewer(
            person_id=person.pk, is_employee=person.kind == "employee", assurance=2, locale=self.locale
        )

    @property
    def confirm_token(self) -> str:
        """For the mail that asks whether its address wants this; good for three days."""
        return signing.dumps(self.pk, salt=CONFIRM_SALT)

    @property
    def leave_token(self) -> str:
        """For every mail that follows; good for ever."""
        return signing.Signer(salt=LEAVE_SALT).sign(str(self.pk))

    @classmethod
    @transaction.atomic
    def ask(
        cls,
        email: str,
        *,
        brand: Brand,
        locale: str,
        by: CanAct,
        is_proved: bool = False,
        article: Article | None = None,
        topic: Topic | None = None,
        product: Product | None = None,
    ) -> Subscription:
        """An address asks to follow something.

        is_proved  whoever asks has shown that the address is theirs: it stands at once, else once it is confirmed

        Nothing is kept where the mailbox was asked often enough today; `is_to_be_asked` says whether it may be asked now.
        """
        what = {
            "email": normal("email", email),
            "brand": brand,
            "article": article,
            "topic": topic,
            "product": product,
        }
        unanswered = set(cls.objects.unanswered().filter(of_mailbox(email)).values_list("pk", flat=True))
        found = cls.objects.filter(**what).first()
        is_enough = len(unanswered) >= ASKED_MOST or (found is not None and found.pk in unanswered)
        if (found and found.is_standing) or (is_enough and not is_proved):
            return found or cls(locale=locale, **what)
        row, _made = cls.objects.get_or_create(**what, defaults={"locale": locale})
        row.asked_at, row.locale = clock.now(), locale
        row.save(update_fields=["asked_at", "locale"])
        record("subscription.asked", row, by=by, is_proved=is_proved)
        if is_proved:
            row.confirm(by=by)
        row.is_to_be_asked = not is_proved
        return row

    @transaction.atomic
    def confirm(self, *, by: CanAct) -> None:
        """The address wants it. Once is enough."""
        if self.is_standing:
            return
        self.confirmed_at, self.left_at = clock.now(), None
        self.save(update_fields=["confirmed_at", "left_at"])
        record("subscription.confirmed", self, by=by)

    @transaction.atomic
    def leave(self, *, by: CanAct) -> None:
        """No more mails of this. Once is enough."""
        if self.left_at:
            return
        self.left_at = clock.now()
        self.save(update_fields=["left_at"])
        record("subscription.left", self, by=by)

    @classmethod
    def to_confirm(cls, token: str) -> Subscription | None:
        """The subscription a confirmation link names, while the link is good."""
        return cls._signed(lambda: signing.loads(token, salt=CONFIRM_SALT, max_age=CONFIRM_WITHIN))

    @classmethod
    def to_leave(cls, token: str) -> Subscription | None:
        return cls._signed(lambda: signing.Signer(salt=LEAVE_SALT).unsign(token))

    @classmethod
    def _signed(cls, read: object) -> Subscription | None:
        try:
            number = int(read())  # type: ignore[operator]
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls.objects.filter(pk=number).select_related("brand", "article", "topic", "product").first()


class Notice(models.Model):
    """One mail about one state of one article to one address: written before it leaves, so that none leaves twice."""

    email = models.CharField(max_length=254)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="notices")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    locale = LocaleField()
    revision = models.PositiveIntegerField()
    message_id = models.CharField(max_length=200, default=random_id)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email", "article", "locale", "revision"], name="an_address_is_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.article_id} r{self.revision}"
