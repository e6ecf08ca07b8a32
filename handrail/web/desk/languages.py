"""The customer's language beside the colleague's: what it is called, and words of ours turned into it."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handrail.answers.chat_model import is_named
from handrail.answers.translating import translate
from handrail.conversations.conversation import Conversation

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


def translated(text: str, conversation: Conversation) -> str:
    """The words in the customer's language. Raises Untranslated."""
    made = translate(text, to=conversation.locale)
    if not made.text:
        raise Untranslated(str(REASONS.get(made.outcome, AWAY)))
    return made.text
