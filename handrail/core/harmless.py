"""What opens something is cut out of text that is written down: log lines, and what is kept of a failed job."""

from __future__ import annotations

import re

CUT = "[secret]"

# Where our addresses carry a secret. The desk's own /desk/files/12 names a row and opens nothing by itself.
PATHS = re.compile(
    r"((?<!/desk)(?<!/hc)/files/|/sign-in/link/|/follow/|/leave/|/person/|/check/|/transcript/|/talk/)(?!\[secret\])[^\s/?#\"'<>)\]]+"
)
FIELDS = re.compile(
    r"(?i)((?<![a-z])(?:csrfmiddlewaretoken|[a-z-]{0,30}token|[a-z-]{0,30}secret|password\d?|sessionid|signature)"
    r"(?:[\"']?\s?[=:]\s?\[?[\"']?|%3D))"
    r"(?!\[?secret\])[^\s\"'&,;)}\]]{6,}"
)
QUERIES = re.compile(r"([?&](?:code|state|next)=)(?!\[secret\])[^\s&\"'#]+")
AUTHORIZATION = re.compile(r"(?i)\b((?:bearer|basic)\s+)[\w.~+/=-]{8,}")
ADDRESSES = re.compile(r"(?i)(\+[rb]-[0-9a-z]{1,12}-)[a-z2-7]{26}(?=@)")
SHAPES = re.compile(
    r"""
    (?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]*                        # a JSON web token
    | \bhr_\w{20,}                                     # our API tokens
    | (?<![\w=-])[\w=-]+(?::|%3A)[\w-]{6}(?::|%3A)[\w-]{43}(?![\w-])  # signed with the time
    | (?<=[:.])[\w-]{43}(?![\w-])                      # a signature alone
    | (?<![\w-])(?=[A-Za-z]*\d)(?=[a-z\d]*[A-Z])(?=[A-Z\d]*[a-z])[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{23}(?![\w-])  # ids.random_id
    """,
    re.VERBOSE,
)


def harmless(text: str) -> str:
    """`text` with [secret] in place of signed paths, tokens, signatures and secrets; the rest as it was."""
    for pattern in (PATHS, FIELDS, QUERIES, AUTHORIZATION, ADDRESSES):
        text = pattern.sub(rf"\g<1>{CUT}", text)
    return SHAPES.sub(CUT, text)
