"""The `handrail` command: Django's commands and ours, with settings already chosen.

It speaks the language the terminal asks for, by the usual variables (POSIX.1-2017, 8.2 Internationalization
Variables, and gettext's LANGUAGE): Korean where they say Korean, else English.
"""

import os
import sys
from collections.abc import Mapping


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.utils import translation

    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        sys.exit(str(wrong))
    translation.activate(language(os.environ))
    from django.db import DatabaseError

    from handrail.config.preparing import why_not

    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except DatabaseError:
        if said := why_not():
            sys.exit(said)
        raise
    except BrokenPipeError:
        # Whoever read along has seen enough (`| head`); what is still unwritten goes nowhere, without a word.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


def language(environment: Mapping[str, str]) -> str:
    """ "ko" or "en". The first of the variables that is set decides."""
    asked = (environment.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    return "ko" if next(filter(None, asked), "").lower().startswith("ko") else "en"
