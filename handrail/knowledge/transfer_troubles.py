"""Why an import or export did not happen at all: a code with its values, said in the language of whoever reads it."""

from __future__ import annotations

import zipfile
from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.knowledge.importing import reasons
from handrail.knowledge.importing.trouble import NotTaken

SENTENCES = {
    "too_large": _("It is larger than a file kept here may be. Use `handrail export` on the server."),
    "needs_review": _(
        "An archive publishes what it holds, so a reviewer imports it. Ask one. Nothing came in."
    ),
    "too_much": _("The zip holds more than is taken at once. Use `handrail import` on the server."),
    "outside": _("The zip holds “%(name)s”, which would lie outside. Nothing came in."),
    "lies": _(
        "The zip is damaged: an entry is larger than it says. Pack it anew and import again. Nothing came in."
    ),
    "no_zip": _("This is no zip, or it is damaged. Pack the folder as a zip and import it. Nothing came in."),
    "not_empty": _(
        "This knowledge base is not empty. Import an archive into an empty one, or a folder of Markdown here."
    ),
    "damaged": _("This is no archive of ours, or it is damaged: %(error)s"),
    "newer": _("This archive was made by a newer version. Bring this installation up to date first."),
    "unknown_tables": _("The archive holds tables this version does not know: %(names)s."),
    "no_reader": _("%(name)s is no reader: public, signed-in, employees, agents or segment:<slug>."),
    "nobody": _("Nobody belongs to the segment %(slug)s yet, so there is nobody to export it for."),
    "broken": _("It could not be done: %(error)s"),
}


class Stopped(ValueError):
    """It does not happen. `code` is one of SENTENCES, `values` fill it; as text, the sentence in the current language."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values

    def __str__(self) -> str:
        return sentence({"code": self.code, "values": self.values})


def kept(reason: Exception) -> dict[str, Any]:
    """What is remembered of a failure: {"code", "values"}."""
    if isinstance(reason, Stopped):
        return {"code": reason.code, "values": reason.values}
    if isinstance(reason, NotTaken):
        return {"code": f"import:{reason.reason}", "values": reason.details}
    if isinstance(reason, zipfile.BadZipFile):
        return {"code": "no_zip", "values": {}}
    return {"code": "broken", "values": {"error": str(reason)[:300]}}


def sentence(said: dict[str, Any]) -> str:
    """The sentence of what `kept` gave, in the current language."""
    kind, _colon, reason = said["code"].partition(":")
    if kind == "import":
        return reasons.sentence(reason, said["values"])
    return str(SENTENCES[kind]) % said["values"]
