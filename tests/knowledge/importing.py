"""What the import tests share: a folder of articles written on the spot, and one call to import it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from handrail.knowledge.importing.folder import Choices
from handrail.knowledge.importing.report import Report
from handrail.knowledge.importing.run import run
from handrail.knowledge.models import Article, Translation
from tests.worlds.small import World

PIXEL = (Path(__file__).parent / "zendesk" / "attachments" / "4001.png").read_bytes()


class Source:
    """A folder below `root`; `write("orders/refunds/a.ko.md", "…")` adds a file, `take_in()` imports it."""

    def __init__(self, root: Path, world: World) -> None:
        self.root, self.world = root / "help", world
        self.root.mkdir()

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def article(self, path: str, body: str = "본문이에요.", **said: Any) -> Path:
        said.setdefault("title", "제목")
        lines = "".join(f"{name}: {value}\n" for name, value in said.items())
        return self.write(path, f"---\n{lines}---\n{body}\n")

    def take_in(self, **more: Any) -> Report:
        choices = Choices(
            **{name: more.pop(name) for name in ("product", "locale", "audience") if name in more}
        )
        return run(self.root, brand=self.world.brand, choices=choices, **more)


def told(report: Report) -> set[tuple[str, str, str]]:
    """(status, path, reason) of everything that needs a look."""
    return {(entry.status, entry.path, entry.reason) for entry in report.troubles}


def text_of(source_end: str, locale: str = "ko") -> Translation:
    return Article.objects.get(source__endswith=source_end).translations.get(locale=locale)
