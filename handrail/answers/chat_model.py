"""The language model an operator may name, behind an OpenAI-compatible address. It may be away, late, wrong or hostile."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings

from handrail.answers.model_address import post
from handrail.core.breaker import Breaker

ANSWER_BYTES_MAX = 65_536
# A language as the model is told to write it.
LANGUAGES = {"ko": "Korean (polite 해요체)", "en": "English"}


def is_named() -> bool:
    """Whether the operator named a model."""
    return bool(settings.PHRASING_URL)


def say(messages: list[dict[str, str]], *, tokens_max: int, seconds: float) -> tuple[str, str]:
    """The model's words and "", or "" and why there are none: "resting", "away", "refused" or "odd". Never raises.

    messages  {"role", "content"} each, as POST /chat/completions takes them
    seconds   the longest to wait for the whole answer
    """
    breaker = _breaker(settings.PHRASING_URL)
    if not breaker.may_try():
        return "", "resting"
    text, problem = _asked(messages, tokens_max, seconds)
    if problem in ("away", "refused"):
        breaker.failed()
    else:
        breaker.worked()
    return text, problem


def _asked(messages: list[dict[str, str]], tokens_max: int, seconds: float) -> tuple[str, str]:
    asked = {
        "model": settings.PHRASING_MODEL,
        "messages": messages,
        "temperature": 0,
        "max_tokens": tokens_max,
    }
    address = f"{settings.PHRASING_URL}/chat/completions"
    answer, problem = post(address, asked, key=settings.PHRASING_KEY, most=ANSWER_BYTES_MAX, seconds=seconds)
    if answer is None:
        return "", problem
    text = _content(answer.body)
    return (text, "") if text else ("", "odd")


def _content(body: bytes) -> str:
    try:
        said: Any = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError):
        return ""
    return said.strip() if isinstance(said, str) else ""


@cache
def _breaker(address: str) -> Breaker:
    """One for each address, so that a new one starts with a clean record."""
    return Breaker()
