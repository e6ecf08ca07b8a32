"""Notes on a contact or an organisation: what colleagues tell one another of them, dated and signed. No customer ever sees one."""

from __future__ import annotations

from django.db import models, transaction
from django.db.models import Q

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.contacts.models import Organisation, Person
from handrail.core import clock
from handrail.core.events.ledger import record

TEXT_MOST = 5000


class ContactNoteQuerySet(models.QuerySet["ContactNote"]):
    def visible_to(self, viewer: Viewer) -> ContactNoteQuerySet:
        """For colleagues who read contacts, and nobody else."""
        return self if "contacts.read" in viewer.rights else self.none()

    def about(self, root: int) -> ContactNoteQuerySet:
        """Of a person and of every contact merged into them, the newest first."""
        same = Person.objects.same_as(root).values("pk")
        return self.filter(person__in=same).select_related("author").order_by("-at", "-pk")

    def about_organisation(self, organisation: int) -> ContactNoteQuerySet:
        """Of an organisation, the newest first; none of its people's."""
        return self.filter(organisation=organisation).select_related("author").order_by("-at", "-pk")


class ContactNote(models.Model):
    """Of a person or of an organisation, never of both. `author` is none once their account is gone; `changed_at` is the last
    time the words were put right."""

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    author = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="contact_notes"
    )
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = ContactNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-at"], name="notes_of_person"),
            models.Index(fields=["organisation", "-at"], name="notes_of_organisation"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="a_note_is_on_one_of_them",
            )
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"

    @property
    def subject(self) -> Person | Organisation:
        """Whom it is on."""
        return self.person or self.organisation  # type: ignore[return-value]  # the constraint says that one is there

    @transaction.atomic
    def put_right(self, text: str, *, by: User) -> bool:
        """Other words. False: they are the same, or none. Only its author rewrites one; see may_change."""
        text = _read(text)
        if not text or text == self.text:
            return False
        self.text, self.changed_at = text, clock.now()
        self.save(update_fields=["text", "changed_at"])
        record(f"{_kind(self.subject)}.note_changed", self.subject, by=by, note=self.pk)
        return True

    @transaction.atomic
    def take_away(self, *, by: User) -> None:
        """It is gone; that there was one stays as a fact without its words."""
        record(
            f"{_kind(self.subject)}.note_removed", self.subject, by=by, note=self.pk, author=self.author_id
        )
        self.delete()

    def may_change(self, user: User) -> bool:
        return self.author_id == user.pk


@transaction.atomic
def note(subject: Person | Organisation, text: str, *, by: User) -> ContactNote | None:
    """Write a note, of TEXT_MOST letters at most; None for one without words. The fact holds none of them."""
    text = _read(text)
    if not text:
        return None
    made = ContactNote.objects.create(**{_kind(subject): subject}, text=text, author=by)
    record(f"{_kind(subject)}.noted", subject, by=by, note=made.pk)
    return made


def _kind(subject: Person | Organisation) -> str:
    """Its column here, and the first word of what is recorded about it."""
    return "organisation" if isinstance(subject, Organisation) else "person"


def _read(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").strip()[:TEXT_MOST]
