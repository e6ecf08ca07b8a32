"""What the history says of a chat in which somebody's address was left, once they said whether it is theirs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from handrail.core.events.models import Event


def joined(event: Event) -> str:
    if event.actor_kind == "person" and event.actor_id == event.data.get("person"):
        return _("%(who)s said that they asked this, and reads along")
    return _("%(who)s added %(new)s in copy")


def window_closed(event: Event) -> str:
    if event.data.get("is_denied"):
        return _("%(who)s said that they did not ask this; answers no longer go to their address")
    return _("%(who)s has the answers go to another address")
