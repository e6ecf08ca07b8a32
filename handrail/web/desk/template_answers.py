"""The articles a macro answers as its form has them, and the templates beside a conversation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.automation.article_links import names_of, readable_by_asker
from handrail.automation.changes import words
from handrail.automation.macros import Macro, Prepared, prepared
from handrail.automation.template_answers import AlreadyTied, NotEverybodys, templates_for, tie
from handrail.conversations.conversation import Conversation
from handrail.conversations.placeholders import KOREAN, WRITTEN

OFFERED_MOST = 2


@dataclass(frozen=True)
class Offered:
    """A template put before a colleague. `article`: the title of what it answers; `row`: what the reply takes over, as JSON
    of a row of the menu of macros."""

    title: str
    article: str
    opening: str
    row: str


def row_of(macro: Macro, ready: Prepared, closed: Sequence[str], *, locale: str) -> dict[str, object]:
    """A macro as it is put into a reply: {"macro", "title", "text", "changes", "files", "closed"}."""
    return {
        "macro": macro.pk,
        "title": macro.title,
        "text": ready.text,
        "changes": [words(change, locale=locale) for change in macro.steps],
        "files": [{"file": file.pk, "title": file.title} for file in ready.files],
        "closed": list(closed),
    }


def offered(
    titles: dict[int, str], conversation: Conversation, *, viewer: Viewer, user: User
) -> list[Offered]:
    """The templates of these articles (number -> title), in their order, filled for this conversation."""
    if "conversations.reply" not in viewer.rights:
        return []
    found = templates_for(list(titles))[:OFFERED_MOST]
    enclosed = list(dict.fromkeys(number for each in found for number in each.macro.article_numbers))
    known = readable_by_asker(conversation, enclosed)
    made = []
    for each in found:
        ready = prepared(each.macro, conversation, by=user, known=known)
        closed = names_of(conversation, ready.closed, viewer=viewer)
        row = json.dumps(row_of(each.macro, ready, closed, locale=viewer.locale), ensure_ascii=False)
        made.append(Offered(each.macro.title, titles[each.article_id], " ".join(ready.text.split()), row))
    return made


def keep_ties(macro: Macro, articles: Sequence[int], *, by_itself: bool, by: User) -> None:
    """Tie them, or say in a sentence why not. Raises ValidationError."""
    try:
        tie(macro, articles=articles, by_itself=by_itself, by=by)
    except AlreadyTied as tied:
        said = _("Article #%(number)s is answered by the macro “%(title)s” already. Take it out there first.")
        raise forms.ValidationError(said % {"number": tied.article, "title": tied.macro.title}) from None
    except NotEverybodys:
        raise forms.ValidationError(
            _("Only a macro of everybody’s can answer what an article answers.")
        ) from None


def gaps_in(text: str) -> list[str]:
    """Placeholders of a text that only a colleague who sends it can fill."""
    found = WRITTEN.finditer(text)
    names = [(match[0], KOREAN.get(match[1].lower(), match[1].lower())) for match in found]
    return [written for written, name in names if name == "agent"]
