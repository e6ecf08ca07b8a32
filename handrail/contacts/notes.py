"""Notes on a contact: what colleagues tell one another of a person, dated and signed. No customer ever sees one."""

from __future__ import annotations

from django.db import models, transaction

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.contacts.models import Person
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


class ContactNote(models.Model):
    """`author` is none once their account is gone; `changed_at` is the last time the words were put right."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="contact_notes"
    )
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = ContactNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "-at"], name="notes_of_person")]

    def __str__(self) -> str:
        return f"note {self.pk} on person {self.person_id}"

    @transaction.atomic
    def put_right(self, text: str, *, by: User) -> bool:
        """Other words. False: they are the same, or none. Only its author rewrites one; see may_change."""
        text = _read(text)
        if not text or text == self.text:
            return False
        self.text, self.changed_at = text, clock.now()
        self.save(update_fields=["text", "changed_at"])
        record("person.note_changed", self.person, by=by, note=self.pk)
        return True

    @transaction.atomic
    def take_away(self, *, by: User) -> None:
        """It is gone; that there was one stays as a fact without its words."""
        record("person.note_removed", self.person, by=by, note=self.pk, author=self.author_id)
        self.delete()

    def may_change(self, user: User) -> bool:
        return self.author_id == user.pk


@transaction.atomic
def note(person: Person, text: str, *, by: User) -> ContactNote | None:
    """Write a note, of TEXT_MOST letters at most; None for one without words. The fact holds none of them."""
    text = _read(text)
    if not text:
        return None
    made = ContactNote.objects.create(person=person, text=text, author=by)
    record("person.noted", person, by=by, note=made.pk)
    return made


def _read(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").strip()[:TEXT_MOST]
