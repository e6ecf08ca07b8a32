"""What a mail encloses: kept, left out for a virus, or, while the scanner is away, added once it was looked through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction

from handrail.channels.mail.keep import envelope_of
from handrail.channels.mail.parsed import MailFile
from handrail.channels.mail.receive import Unreadable, receive
from handrail.channels.models import InboundRaw
from handrail.conversations.messages import Message
from handrail.core.actors import SYSTEM
from handrail.core.files.keeping import Infected, Unchecked, keep
from handrail.core.files.models import StoredFile
from handrail.core.files.programs import is_program
from handrail.core.jobs.backend import task
from handrail.core.jobs.worker import ASIDE

FIRST_LOOK = timedelta(seconds=30)


@dataclass
class Enclosed:
    """Files by what became of them. `infected` has name and virus, `waiting` where in the mail a file stands and its name."""

    kept: list[StoredFile] = field(default_factory=list)
    infected: list[tuple[str, str]] = field(default_factory=list)
    waiting: list[tuple[int, str]] = field(default_factory=list)

    @property
    def told(self) -> dict[str, Any]:
        """What a message says about files it does not hold; as JSON, empty where it holds all."""
        said = {
            "infected": [list(each) for each in self.infected],
            "programs": [each.title for each in self.kept if is_program(each.title, each.content_type)],
            "waiting_files": [list(each) for each in self.waiting],
        }
        return {name: value for name, value in said.items() if value}


def enclosed(files: Sequence[MailFile], only: Sequence[int] | None = None) -> Enclosed:
    """Keep those that may be kept, outside any transaction. A mail is taken in whatever its files are."""
    found = Enclosed()
    for place, file in enumerate(files):
        if only is not None and place not in only:
            continue
        try:
            found.kept.append(keep(file.data, name=file.name, by=SYSTEM, is_any=True))
        except Infected as refused:
            found.infected.append((refused.title, refused.virus))
        except Unchecked:
            found.waiting.append((place, file.name))
    return found


# The worker's last pause is half an hour: a scanner may be away for a week.
@task(queue_name=ASIDE, attempts_max=340)
def add_when_checked(pk: int) -> None:
    """The files of a message that could not be looked through before. Raises Unchecked while the scanner is still away."""
    message = Message.objects.get(pk=pk)
    waiting = [place for place, _ in message.data.get("waiting_files", ())]
    raw = InboundRaw.objects.select_related("inbox").filter(pk=message.data["raw"]).first()
    if not waiting or raw is None:
        return
    try:
        files = receive(bytes(raw.body), envelope_of(raw)).attachments
    except Unreadable:
        return  # taken out for good meanwhile
    found = enclosed(files, waiting)
    with transaction.atomic():
        locked = Message.objects.select_for_update().get(pk=pk)
        if locked.data.get("waiting_files") != message.data["waiting_files"]:
            return
        for file in found.kept:
            locked.attachments.create(file=file)
        infected = [*locked.data.get("infected", ()), *(list(each) for each in found.infected)]
        rest = {
            name: value for name, value in locked.data.items() if name not in ("infected", "waiting_files")
        }
        still = {"waiting_files": found.told["waiting_files"]} if found.waiting else {}
        programs = [*rest.get("programs", ()), *found.told.get("programs", ())]
        rest |= {"programs": programs} if programs else {}
        locked.data = rest | still | ({"infected": infected} if infected else {})
        locked.save(update_fields=["data"])
    if found.waiting:
        raise Unchecked("the virus scanner is still away")
