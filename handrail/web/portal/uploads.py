"""Files that come with a message: counted, limited, and kept only once the message is allowed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.core.actors import CanAct
from handrail.core.files.keeping import FileRefused, keep
from handrail.core.files.models import StoredFile
from handrail.web.limits import address_of, take
from handrail.web.portal.saying import Unsaid

FILES_MAX = 5
FILES_AN_HOUR = 40
ROOM_LEFT_BYTES = 1 << 30  # below this the disk is for messages, not for files


def take_files(request: HttpRequest, *, by: CanAct, field: str = "files") -> Sequence[StoredFile]:
    """Keep the files of this request, all or none. Raises Unsaid with a sentence that says why."""
    sent = request.FILES.getlist(field)
    if problem := objection(request, sent):
        raise Unsaid(problem, text=request.POST.get("text", ""))
    try:
        return [keep(file.read(), name=file.name or "", by=by) for file in sent]
    except FileRefused as refusal:
        raise Unsaid(str(refusal), text=request.POST.get("text", "")) from refusal


def names_of(request: HttpRequest, *, field: str = "files") -> list[str]:
    """What the files of this request are called."""
    return [file.name for file in request.FILES.getlist(field) if file.name]


def choose_again(names: Sequence[str]) -> str:
    """For a page that comes back instead of taking these files; "" where there were none."""
    if not names:
        return ""
    sentence = ngettext(
        "Choose this file again: %(names)s. A browser does not keep it when the page comes back.",
        "Choose these files again: %(names)s. A browser does not keep them when the page comes back.",
        len(names),
    )
    return sentence % {"names": ", ".join(names)}


def objection(request: HttpRequest, sent: Sequence[UploadedFile]) -> str:
    """Why these files cannot be taken; "" when they can."""
    if empty := [file.name or "" for file in sent if not file.size]:
        return _(
            "There is nothing in %(name)s: it has 0 bytes. Take it out or choose another, and send again."
        ) % {"name": empty[0]}
    if len(sent) > FILES_MAX:
        return _("At most %(number)d files fit in one message. Send the others in a second one.") % {
            "number": FILES_MAX
        }
    if shutil.disk_usage(settings.MEDIA_ROOT).free < ROOM_LEFT_BYTES:
        return _("We cannot take files just now. Please send your message without them.")
    if not all(take(f"{FILES_AN_HOUR}/hour", "files", address_of(request)).is_allowed for _file in sent):
        return _("Those were many files for one hour. Please send the others a little later.")
    return ""
