"""The `handrail` command: Django's commands and ours, with settings already chosen."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
