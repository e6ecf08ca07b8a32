"""How sure the engine must be to answer mail at each mailbox: its own share, else its help centre's, and what that comes to now."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.accounts.viewer import Viewer
from handrail.answers.bands import NEVER
from handrail.answers.entries import IndexState
from handrail.answers.gate import gate_for
from handrail.answers.thresholds import Threshold, target_for
from handrail.channels.models import Inbox


@dataclass(frozen=True)
class Confidence:
    """Shares are of one.

    own      what is asked for at this mailbox; None where it goes by its help centre
    usual    what its help centre asks for of mail
    bound    certainty of the engine (0 to 1) from which an answer in the mailbox's language goes by itself; None: from none
    """

    inbox: Inbox
    own: float | None
    usual: float
    bound: float | None

    @property
    def target(self) -> float:
        """What holds."""
        return self.usual if self.own is None else self.own


def confidences(viewer: Viewer) -> list[Confidence]:
    """Of every mailbox in use that the viewer may know of. Two queries and what the gate reads once."""
    inboxes = Inbox.objects.visible_to(viewer).mail().select_related("brand").order_by("brand", "address")
    held = dict(Threshold.objects.exclude(inbox=None).values_list("inbox", "target"))
    return [_of(inbox, held.get(inbox.pk)) for inbox in inboxes]


def confidence_of(inbox: Inbox) -> Confidence:
    """Of one mailbox. One query and what the gate reads once."""
    return _of(inbox, Threshold.objects.filter(inbox=inbox).values_list("target", flat=True).first())


def _of(inbox: Inbox, own: float | None) -> Confidence:
    stamp = IndexState.now().stamp
    gate = gate_for(inbox.locale, "mail", brand=inbox.brand_id, inbox=inbox.pk, stamp=stamp)
    usual = target_for("mail", inbox.brand_id, stamp=stamp)
    return Confidence(inbox, own, usual, gate.answer_from if gate.answer_from < NEVER else None)
