"""A brand's own frame around the mails its customers get, by language: drawn as a draft, used, and given up for the built-in one."""

from __future__ import annotations

from django.db import models, transaction

from handrail.channels.mail import framing
from handrail.channels.mail.framing import Frame
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.models import Brand


class MailTemplate(models.Model):
    """`html` and `text` are what mails leave in while `is_used`; the draft is what somebody tries meanwhile."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="mail_templates")
    locale = models.CharField(max_length=5)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    draft_html = models.TextField(blank=True)
    draft_text = models.TextField(blank=True)
    is_used = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "locale"], name="one_mail_template_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.brand_id} {self.locale}"

    @classmethod
    def of(cls, brand: Brand, locale: str) -> MailTemplate:
        """The brand's, not written yet where nobody drew one."""
        return cls.objects.filter(brand=brand, locale=locale).first() or cls(brand=brand, locale=locale)

    @classmethod
    def frame_of(cls, brand: Brand, locale: str) -> Frame | None:
        """The frame mails leave in; None for the built-in one."""
        used = (
            cls.objects.filter(brand=brand, locale=locale, is_used=True).values_list("html", "text").first()
        )
        return Frame(*used) if used else None

    @property
    def draft(self) -> Frame | None:
        """What is tried, None before anybody drew."""
        return Frame(self.draft_html, self.draft_text) if self.draft_html else None

    @property
    def is_changed(self) -> bool:
        """Whether the draft is not what mails leave in."""
        return self.is_used and (self.draft_html, self.draft_text) != (self.html, self.text)

    @transaction.atomic
    def draw(self, html: str, text: str, *, by: CanAct) -> None:
        """Keep a draft, which no customer gets. Raises FrameRefused."""
        frame = framing.checked(html, text)
        if (self.draft_html, self.draft_text) == (frame.html, frame.text):
            return
        self.draft_html, self.draft_text, self.changed_at = frame.html, frame.text, clock.now()
        self.save()
        record("mail_template.drawn", self.brand, by=by, locale=self.locale)

    @transaction.atomic
    def use(self, *, by: CanAct) -> None:
        """Send every mail of the brand in this language in the draft's frame from now on. Raises FrameRefused without one."""
        frame = framing.checked(self.draft_html, self.draft_text)
        if self.is_used and (self.html, self.text) == (frame.html, frame.text):
            return
        self.html, self.text, self.is_used, self.changed_at = frame.html, frame.text, True, clock.now()
        self.save()
        record("mail_template.used", self.brand, by=by, locale=self.locale)

    @transaction.atomic
    def give_up(self, *, by: CanAct) -> None:
        """Send in the built-in frame again. The draft stays, so that it can be used again."""
        if self.is_used:
            self.is_used, self.changed_at = False, clock.now()
            self.save()
            record("mail_template.given_up", self.brand, by=by, locale=self.locale)
