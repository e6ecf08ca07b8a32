"""A reply in the customer's language: own words and translation are seen side by side, then the translation is sent."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handrail.answers.chat_model import is_named
from handrail.answers.translating import translate
from handrail.conversations.conversation import Conversation
from handrail.web.desk.checking import check_returned, is_check

LANGUAGES: dict[str, Promise] = {"ko": _("Korean"), "en": _("English")}
REASONS: dict[str, Promise] = {
    "off": _("No translation is set up here. Write in the customer's language, or ask your administrator."),
    "long": _("That is too long to be translated at once. Translate it in two parts."),
    "busy": _("Another translation is being made. Try again in a few seconds."),
    "odd": _(
        "The translation that came back cannot be right, so it is not shown. Try again, or write it yourself."
    ),
}
AWAY = _(
    "The translation service gives no answer right now. Your words are kept; try again, or write it yourself."
)


class Untranslated(Exception):
    """There is no translation; the message says why, in the reader's language."""


def offered(conversation: Conversation) -> dict[str, Any]:
    """What the composer says of languages: the customer's, and whether a translation can be made."""
    locale = conversation.locale
    return {"language": LANGUAGES.get(locale, locale), "locale": locale, "can_translate": is_named()}


def shown_beside(text: str, conversation: Conversation) -> dict[str, str]:
    """The words and their translation. Raises Untranslated."""
    made = translate(text, to=conversation.locale)
    if not made.text:
        raise Untranslated(str(REASONS.get(made.outcome, AWAY)))
    return {"original": text, "text": made.text}


def is_translated(request: HttpRequest) -> bool:
    return "translated" in request.POST and "translate" not in request.POST


def words_of(request: HttpRequest) -> str:
    """What is to be sent: what was said back, the translation somebody read, or the words themselves."""
    if is_check(request) and "translate" not in request.POST:
        return request.POST.get("restated", "").strip()
    return request.POST.get("translation" if is_translated(request) else "text", "").strip()


def written_as(request: HttpRequest) -> dict[str, str]:
    """What colleagues see below a translated message: the words it was made of."""
    original = request.POST.get("text", "").strip()
    return {"written_as": original} if is_translated(request) and original else {}


def returned(request: HttpRequest) -> dict[str, Any]:
    """A translation that could not be sent yet comes back as it was mended."""
    if not is_translated(request):
        return check_returned(request)
    return {
        "translated": {"original": request.POST.get("text", ""), "text": request.POST.get("translation", "")},
        "sends_translation": True,
    }
