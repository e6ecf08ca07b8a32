"""What went wrong between us and a mail server: a code that is kept, and a sentence for whoever can mend it."""

from __future__ import annotations

import smtplib
import socket
import ssl

from django.utils.translation import gettext as _
from imapclient.exceptions import CapabilityError, LoginError

from handrail.channels.grants import GrantAway, GrantRefused
from handrail.channels.mail.imap import NoFolder, NotGiven
from handrail.core.fetch.dialing import Inside
from handrail.core.sealing import CannotUnseal
from handrail.workspace.korean import filled

DETAIL_CHARS_MAX = 200


def code_of(trouble: BaseException) -> str:
    """One of the codes `sentence` knows."""
    said = str(trouble)
    if isinstance(trouble, LoginError) and "UNAVAILABLE" in said:
        return "connection"
    kinds: list[tuple[type[BaseException] | tuple[type[BaseException], ...], str]] = [
        (CannotUnseal, "sealed"),
        (Inside, "inside"),
        (GrantRefused, "grant"),
        (GrantAway, "grant_away"),
        (ssl.SSLCertVerificationError, "certificate"),
        (ssl.SSLError, "tls"),
        (smtplib.SMTPNotSupportedError, "unable"),
        (smtplib.SMTPAuthenticationError, "authentication"),
        (NoFolder, "folder"),
        (NotGiven, "not_given"),
        (LoginError, "authentication"),
        (CapabilityError, "unable"),
        (socket.gaierror, "lookup"),
        (ConnectionRefusedError, "refused"),
        (TimeoutError, "timeout"),
    ]
    return next((code for kind, code in kinds if isinstance(trouble, kind)), "connection")


def detail_of(trouble: BaseException) -> str:
    """What the other side said, in one short line; never a secret of ours."""
    said = getattr(trouble, "smtp_error", None) or (trouble.args[-1] if trouble.args else trouble)
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join(text.split())[:DETAIL_CHARS_MAX]


def sentence(code: str, *, host: str = "", detail: str = "") -> str:
    """The trouble in the current language, with the next step; what the server said follows it."""
    sentences = {
        "lookup": _("There is no server by the name “%(host)s”. Check how it is spelt."),
        "inside": _(
            "“%(host)s” lies inside this network or has an unusual port. If it is your own server, the operator adds it "
            "to HANDRAIL_FETCH_INTERNAL as host:port."
        ),
        "refused": _("“%(host)s” is there, but nothing listens at this port. Check the port."),
        "timeout": _(
            "“%(host)s” did not answer in time. Check the name and the port; a firewall may stand between."
        ),
        "certificate": _(
            "“%(host)s” could not prove that it is the server it says it is: its certificate is not valid for this name. "
            "Use the name that the provider writes."
        ),
        "tls": _(
            "No private connection could be made with “%(host)s”. Check the port and the kind of encryption: 993 and 465 "
            "are encrypted from the start, 143 and 587 by STARTTLS."
        ),
        "unable": _(
            "“%(host)s” does not offer what was asked, STARTTLS or signing in. Check the kind of encryption and the port."
        ),
        "authentication": _(
            "“%(host)s” does not accept the user name and password. Check both; some providers want a password made for "
            "programs."
        ),
        "sealed": _("The stored password can no longer be opened with this site’s key. Enter it again."),
        "folder": _("The mailbox at “%(host)s” has no folder of that name. INBOX is always there."),
        "not_given": _(
            "“%(host)s” does not give one of the mails. After three tries it is set aside and the others go on."
        ),
        "silent": _(
            "Nobody has looked into the mailbox at “%(host)s” for minutes: the process that takes mail in does not run. The "
            "operator starts it (handrail listen, or handrail all)."
        ),
        "grant": _(
            "The provider’s consent is missing, has ended or was withdrawn. Enter a new refresh token."
        ),
        "grant_away": _(
            "The provider’s token server does not answer as it should. Check its address; it is asked again by itself."
        ),
        "connection": _("The connection with “%(host)s” broke off. It is tried again by itself."),
    }
    words = filled(sentences.get(code, sentences["connection"]), {"host": host})
    return _("%(sentence)s It said: %(detail)s") % {"sentence": words, "detail": detail} if detail else words
