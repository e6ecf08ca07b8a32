"""How conversations belong together: parent and child, problem and incident, or simply related."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.labels import Type
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

DEPTH_MOST = 5
LINKS_MOST = 200  # of one conversation: a problem of a bad day has many incidents


class CannotLink(ValueError):
    """`code`: self, loop, taken (it has another parent or problem), deep, many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Link(models.Model):
    """`other` is the child or the incident of `one`; of two related ones neither stands above."""

    class Kind(models.TextChoices):
        CHILD = "child", _("Child")
        INCIDENT = "incident", _("Incident")
        RELATED = "related", _("Related")

    one = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="links_down")
    other = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="links_up")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    is_required = models.BooleanField(
        default=False, help_text="of a child: it must be over before its parent"
    )
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other", "kind"], name="a_link_once"),
            models.UniqueConstraint(
                fields=["other"], condition=Q(kind="child"), name="a_child_has_one_parent"
            ),
            models.UniqueConstraint(
                fields=["other"], condition=Q(kind="incident"), name="an_incident_has_one_problem"
            ),
            models.CheckConstraint(condition=~Q(one=models.F("other")), name="no_link_to_itself"),
        ]

    def __str__(self) -> str:
        return f"#{self.one_id} → #{self.other_id} ({self.kind})"


class Linked(NamedTuple):
    """One linked conversation as it is listed. `role` is what it is to the one looked at: parent, child, problem,
    incident or related."""

    link: int
    role: str
    number: int
    subject: str
    status: str
    is_required: bool
    custom_status_id: int | None


@transaction.atomic
def link(one: Conversation, other: Conversation, kind: str, *, by: CanAct, is_required: bool = False) -> Link:
    """Put `other` under `one`, or side by side. A link that is there already is only made required or not.

    A conversation becomes a problem, and the other an incident, by being linked so. Raises CannotLink.
    """
    if one.pk == other.pk:
        raise CannotLink("self")
    if kind == Link.Kind.RELATED and Link.objects.filter(one=other, other=one, kind=kind).exists():
        one, other = other, one
    if one.links_down.count() >= LINKS_MOST:
        raise CannotLink("many")
    if kind != Link.Kind.RELATED:
        _stands_alone(one, other, kind)
    row, made = Link.objects.get_or_create(one=one, other=other, kind=kind)
    if kind == Link.Kind.CHILD and row.is_required != is_required:
        row.is_required = is_required
        row.save(update_fields=["is_required"])
    if made:
        if kind == Link.Kind.INCIDENT:
            one.set_type(Type.PROBLEM, by=by)
            other.set_type(Type.INCIDENT, by=by)
        down, up = ROLES[kind]
        record("conversation.linked", one, by=by, role=down, other=other.pk)
        record("conversation.linked", other, by=by, role=up, other=one.pk)
    return row


def lay_beside(one: Conversation, other: Conversation) -> None:
    """Relate two of which not everybody who reads one may know the other: whoever sees both sees it, and no history says it."""
    Link.objects.get_or_create(one=one, other=other, kind=Link.Kind.RELATED)


@transaction.atomic
def unlink(row: Link, *, by: CanAct) -> None:
    down, up = ROLES[row.kind]
    row.delete()
    record("conversation.unlinked", row.one, by=by, role=down, other=row.other_id)
    record("conversation.unlinked", row.other, by=by, role=up, other=row.one_id)


def linked(conversation: Conversation, *, viewer: Viewer) -> list[Linked]:
    """What is linked with it and may be seen: what stands above it first, then what stands below. In one query."""
    seen = Conversation.objects.visible_to(viewer)
    both = Q(seen.contain("other"), one=conversation) | Q(seen.contain("one"), other=conversation)
    found = []
    for row in Link.objects.filter(both).select_related("one", "other"):
        down, up = ROLES[row.kind]
        is_above = row.one_id == conversation.pk
        found.append(_listed(row, row.other, down) if is_above else _listed(row, row.one, up))
    return sorted(found, key=lambda each: (list(ORDER).index(each.role), each.number))


def unsolved_below(conversation: Conversation, kind: str, *, viewer: Viewer) -> list[int]:
    """Numbers of its children or incidents that are not over and that the viewer may see."""
    seen = Conversation.objects.visible_to(viewer).exclude(status__in=["solved", "closed"])
    below = seen.filter(links_up__one=conversation, links_up__kind=kind)
    return list(below.order_by("pk").values_list("pk", flat=True).distinct())


# kind -> what the other is to the one, and the one to the other
ROLES: dict[str, tuple[str, str]] = {
    Link.Kind.CHILD: ("child", "parent"),
    Link.Kind.INCIDENT: ("incident", "problem"),
    Link.Kind.RELATED: ("related", "related"),
}
ORDER = {
    "parent": _("Parent"),
    "problem": _("Problem"),
    "child": _("Child"),
    "incident": _("Incident"),
    "related": _("Related"),
}


def _stands_alone(one: Conversation, other: Conversation, kind: str) -> None:
    """Raises CannotLink where `other` is under another one already, or `one` is under `other`."""
    if Link.objects.filter(other=other, kind=kind).exclude(one=one).exists():
        raise CannotLink("taken")
    above: int | None = one.pk
    steps = 0
    while above is not None:
        if above == other.pk:
            raise CannotLink("loop")
        if steps == DEPTH_MOST:
            raise CannotLink("deep")
        above = Link.objects.filter(other=above, kind=kind).values_list("one", flat=True).first()
        steps += 1


def _listed(row: Link, conversation: Conversation, role: str) -> Linked:
    own = conversation.custom_status_id
    return Linked(
        row.pk, role, conversation.pk, conversation.subject, conversation.status, row.is_required, own
    )
