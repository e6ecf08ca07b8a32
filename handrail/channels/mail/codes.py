"""Does a mail bring a code or a link by which somebody proves that its address is theirs? Then it is for nobody else."""

from __future__ import annotations

import re

from handrail.channels.mail.parsed import ParsedMail

LOOKED_AT = 4_000
CODE = re.compile(r"(?<![\w#-])(?:\d[ -]?){3,7}\d(?![\w-])|(?<![\w-])[A-Z0-9]{3,5}-[A-Z0-9]{3,5}(?![\w-])")
SAYS_SO = re.compile(
    r"인증\s?(번호|코드|메일)|확인\s?코드|보안\s?코드|일회용\s?(비밀번호|코드)|비밀번호\s?재설정|이메일\s?(주소\s?)?(인증|확인)|"
    r"(verification|confirmation|security|one[- ]time|sign[- ]?in|log[- ]?in|access)\s+(code|passcode|password|link)|\botp\b|"
    r"(verify|confirm)\s+(your\s+)?(e-?mail|account|address)|(reset|change)\s+your\s+password",
    re.IGNORECASE,
)
LINK = re.compile(r"https?://", re.IGNORECASE)


def holds_code(mail: ParsedMail) -> bool:
    """Whether it says that it brings one and something like one stands in it."""
    text = f"{mail.subject}\n{mail.text[:LOOKED_AT]}"
    return bool(SAYS_SO.search(text)) and bool(CODE.search(text) or LINK.search(text))
