"""What a filter in front of us said of a mail: SpamAssassin, Rspamd and Exchange each write their verdict into its head.

Whoever forges such a line hides nobody's mail but their own.
"""

from __future__ import annotations

import re

from handrail.channels.mail import headers

VERDICTS = {
    "x-spam-flag": re.compile(r"\s*(yes|true)\b", re.IGNORECASE),
    "x-spam": re.compile(r"\s*(yes|true)\b", re.IGNORECASE),
    "x-spam-status": re.compile(r"\s*yes\b", re.IGNORECASE),
    "x-forefront-antispam-report": re.compile(r"(^|;)\s*SFV:(SPM|SKB)\b", re.IGNORECASE),
}


def is_marked(body: bytes) -> bool:
    """Whether a filter called it spam."""
    read = headers.of_mail(body)
    return any(sign.search(value) for name, sign in VERDICTS.items() for value in read.raw(name))
