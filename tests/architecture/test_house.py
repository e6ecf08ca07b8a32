"""The house of ARCHITECTURE.md, held. Each rule is also tried on a seeded violation: a rule that cannot fail is none."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import CASCADE, ForeignKey, ManyToManyField, Model
from django.test.utils import isolate_apps

from handrail.config import settings
from tests.architecture.house import PACKAGE, ROOT, STAIRS, imported_by, may_point, sources

BANNED = {"services", "utils", "helpers", "common", "managers", "signals", "constants", "misc", "base"}
OUTBOUND = {"httpx2", "httpx", "requests", "urllib3", "aiohttp", "urllib.request", "http.client"}
MAY_FETCH = {"core/fetch"}
MODEL_SIGNALS = {"django.db.models.signals"}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [str(command), "--no-cache", "--config", str(folder / "pyproject.toml")],
        cwd=folder,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
        check=False,
    )


def test_rooms_import_downwards_only():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("core/clock.py", "import handrail.workspace.models"),
        ("knowledge/feedback.py", "import handrail.conversations.models"),
        ("web/portal/urls.py", "import handrail.web.desk.urls"),
        ("knowledge/feedback.py", "import httpx2"),
        ("web/ui/theme.py", "import handrail.workspace.hours"),
        ("web/edge/keys.py", "import handrail.accounts.viewer"),
    ],
)
def test_the_import_rules_notice_a_violation(tmp_path, file, line):
    shutil.copytree(
        PACKAGE, tmp_path / "handrail", ignore=shutil.ignore_patterns("__pycache__", "dist", "node_modules")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = tmp_path / "handrail" / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    assert lint(tmp_path).returncode == 1


def room_of(model: type) -> str:
    return model.__module__.split(".")[1]


def climbing(models: Iterable[type[Model]]) -> list[str]:
    """Foreign keys and many-to-manys that lead to a room on the same or a higher stair."""
    wrong = []
    for model in models:
        if not model.__module__.startswith("handrail."):
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            # A reverse relation is the other side's; a many-to-many is ours and has no column.
            is_own = field.concrete or (field.many_to_many and not field.auto_created)
            if not (is_own and target and target.__module__.startswith("handrail.")):
                continue
            if not may_point(room_of(model), room_of(target)):
                wrong.append(f"{model.__name__}.{field.name} -> {target.__name__}")
    return wrong


def test_foreign_keys_climb_down_only():
    assert climbing(apps.get_models()) == []


@isolate_apps("handrail.contacts")
def test_the_foreign_key_rule_notices_a_violation():
    conversation = apps.get_model("conversations", "Conversation")

    class Seed(Model):
        told = ForeignKey(conversation, on_delete=CASCADE, related_name="+")
        heard = ManyToManyField(conversation, related_name="+")
        __module__ = "handrail.contacts.seed"

        class Meta:
            app_label = "contacts"

        def __str__(self) -> str:
            return "seed"

    assert climbing([Seed]) == ["Seed.told -> Conversation", "Seed.heard -> Conversation"]
    assert not may_point("contacts", "conversations")
    assert not may_point("knowledge", "conversations")
    assert may_point("conversations", "contacts")


def test_the_design_system_and_the_edge_are_kept_from_every_room_and_surface():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (kept,) = [each for each in contracts["contracts"] if "know no room" in each["name"]]
    (apart,) = [each for each in contracts["contracts"] if each["type"] == "independence"]
    rooms = {f"handrail.{path.name}" for path in PACKAGE.iterdir() if path.name in STAIRS}
    expected = (rooms - {"handrail.core", "handrail.web"}) | set(apart["modules"])

    assert set(kept["forbidden_modules"]) == expected


def test_every_room_is_on_the_staircase():
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()} - {"config"}
    assert rooms <= set(STAIRS)


def test_no_file_has_a_name_that_says_nothing():
    assert [str(path) for path in sources() if path.stem in BANNED] == []


def within(names: set[str], modules: Iterable[str]) -> bool:
    """Whether one of the names is one of the modules, or stands in it."""
    return any(name == module or name.startswith(f"{module}.") for name in names for module in modules)


def speaks_http(source: str) -> bool:
    return within(imported_by(source), ("django.http", "django.shortcuts", "django.views", "ninja"))


def test_the_rooms_know_no_http():
    rooms = [path for path in sources() if path.relative_to(PACKAGE).parts[0] not in {"web", "config"}]
    assert [str(path) for path in rooms if speaks_http(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "line",
    [
        "from django.http import Http404",
        "from django import http",
        "import django.shortcuts",
        "from ninja import Router",
    ],
)
def test_a_room_that_knows_http_is_noticed(line):
    assert speaks_http(line)
    assert not speaks_http("from django import db")


def reaches_out(source: str) -> bool:
    return within(imported_by(source), OUTBOUND)


def test_only_the_guarded_client_reaches_out():
    wrong = [
        str(path.relative_to(PACKAGE))
        for path in sources()
        if reaches_out(path.read_text(encoding="utf-8"))
        and not any(str(path.relative_to(PACKAGE)).startswith(ok) for ok in MAY_FETCH)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "line",
    [
        "from urllib.request import urlopen",
        "from urllib import request",
        "from urllib import parse, request as asking",
        "from http import client",
        "import httpx2._client",
        "def late():\n    from http import client",
    ],
)
def test_a_way_out_past_the_guarded_client_is_noticed(line):
    assert reaches_out(line)
    assert not reaches_out("from urllib import parse\nfrom http import HTTPStatus")


def acts_in_save_or_signals(source: str) -> bool:
    if within(imported_by(source), MODEL_SIGNALS):
        return True
    return bool(
        re.search(r"def save\(self|\b(?:pre|post)_(?:init|save|delete)\.connect\(|@receiver\(", source)
    )


def test_nothing_runs_in_save_and_there_are_no_model_signals():
    assert [str(p) for p in sources() if acts_in_save_or_signals(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "line",
    [
        "class A:\n    def save(self, *args): ...",
        "from django.db.models.signals import post_save",
        "from django.db.models import signals",
        "from django.db import models\nmodels.signals.post_save.connect(print)",
    ],
)
def test_work_in_save_or_in_a_signal_is_noticed(line):
    assert acts_in_save_or_signals(line)


def test_product_code_names_no_data_set():
    named = re.compile(r"parakqc|clinc|banking77|\bbanking\b", re.IGNORECASE)
    wrong = [
        str(p.relative_to(ROOT))
        for p in PACKAGE.rglob("*")
        if p.suffix in {".py", ".json", ".html", ".ts"}
        and "dist" not in p.parts
        and named.search(p.read_text(encoding="utf-8"))
    ]
    assert wrong == []
    assert named.search("if name == 'ParaKQC':")


@pytest.mark.parametrize("limit", [400])
def test_files_past_400_lines_want_a_cut(limit):
    long = [str(p.relative_to(ROOT)) for p in sources() if p.read_text(encoding="utf-8").count("\n") > limit]
    assert long == []


def test_passwords_are_hashed_slowly_outside_the_tests():
    """tests/conftest.py puts a quick hash before it."""
    assert settings.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_map_shows_who_hears_what(capsys):
    call_command("events")
    heard = capsys.readouterr().out.strip()
    assert heard in (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
