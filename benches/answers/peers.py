"""Other engines on the very same questions: SQLite's full text, tantivy and PostgreSQL's ranking beside ours, cold.

    pip install tantivy==0.27.0      # no dependency of the product; pass --without tantivy to leave it out
    python -m benches.answers.peers [SET…] [--server postgresql://postgres@127.0.0.1:5432] [--no-write]

Every engine gets each wording of an item (its title and other wordings) as one document and the dev questions that have an
answer. An item's score is that of its best wording; a tie is a miss, and so is an empty list. The peers are set up as
their manuals say; "our words" gives them what our analyser makes of a text (Korean morphemes, English stems). Ours are
the coefficients that come with the product, unfitted. Writes results_peers.json and its table in benches/README.md.
"""

# ruff: noqa: E402 - Django is set up before the rooms are imported

from __future__ import annotations

import argparse
import json
import os
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")

import django

django.setup()

import numpy as np
import psycopg

from benches.answers.run import sets
from benches.load.report import machine, put_into_readme
from handrail.answers.analysis.terms import needs_morphs, terms_of
from handrail.answers.coefficients import shipped
from handrail.answers.evaluation import metrics
from handrail.answers.evaluation.measure import ask
from handrail.answers.evaluation.questions import Asked, Folder, read
from handrail.answers.evaluation.site import publish, temporary_site
from handrail.answers.model_client import using
from handrail.answers.model_here import ModelsHere
from handrail.answers.normalise import normalise

RESULTS = Path(__file__).with_name("results_peers.json")
FOUND_MOST = 400  # wordings an engine is asked for
WORD = re.compile(r"\w+")
NORMALISED = (
    1  # PostgreSQL's ranks by the logarithm of the length: of 0, 1, 2 and 4 it served both of its ranks best
)

# What an engine makes of a question: (item, score) of wordings, in any order.
Search = Callable[[str], Iterable[tuple[str, float]]]
Wordings = list[tuple[str, str]]


def own_words(models: ModelsHere, texts: list[str]) -> list[str]:
    """Each text as the words our analyser makes of it, with spaces between."""
    said = [normalise(text) for text in texts]
    dense = [text for text in said if needs_morphs(text)]
    morphs = dict(zip(dense, models.read(dense, []).morphs or [], strict=True)) if dense else {}
    return [
        " ".join(re.sub(r"\W", "", word) for word in terms_of(text, morphs.get(text))["word"])
        for text in said
    ]


def sqlite_search(wordings: Wordings, tokenizer: str) -> Search:
    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE VIRTUAL TABLE f USING fts5(item UNINDEXED, text, tokenize='{tokenizer}')")
    db.executemany("INSERT INTO f VALUES (?, ?)", wordings)

    def search(question: str) -> Iterable[tuple[str, float]]:
        wanted = " OR ".join(f'"{word}"' for word in WORD.findall(question))
        if not wanted:
            return []
        return db.execute(
            "SELECT item, -bm25(f) FROM f WHERE f MATCH ? ORDER BY rank LIMIT ?", (wanted, FOUND_MOST)
        )

    return search


def tantivy_search(wordings: Wordings, tokenizer: str) -> Search:
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("item", stored=True, tokenizer_name="raw")
    index = tantivy.Index(schema.add_text_field("text", tokenizer_name=tokenizer).build())
    writer = index.writer(heap_size=50_000_000, num_threads=1)
    for item, text in wordings:
        writer.add_document(tantivy.Document(item=item, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> Iterable[tuple[str, float]]:
        words = " ".join(word.lower() for word in WORD.findall(question))
        query, _errors = index.parse_query_lenient(words, ["text"])
        for score, place in searcher.search(query, FOUND_MOST).hits:
            yield searcher.doc(place)["item"][0], score

    return search


def postgres_search(server: str, wordings: Wordings, config: str, rank: str) -> Search:
    db = psycopg.connect(f"{server}/postgres", autocommit=True)
    db.execute("CREATE TEMPORARY TABLE f (item text, text text, words tsvector)")
    with db.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO f VALUES (%s, %s, to_tsvector('{config}', %s))", [(i, t, t) for i, t in wordings]
        )
    db.execute("CREATE INDEX ON f USING gin (words)")
    # Any of the words, as the question's own tsvector knows them: with all of them most questions find nothing.
    any_of = (
        f"(SELECT string_agg(quote_literal(lexeme), ' | ')::tsquery FROM unnest(to_tsvector('{config}', %s)))"
    )
    asked = f"SELECT item, {rank}(words, q, {NORMALISED}) FROM f, {any_of} AS q(q) WHERE words @@ q ORDER BY 2 DESC LIMIT %s"
    return lambda question: db.execute(asked, (question, FOUND_MOST)).fetchall()


def trigram_search(server: str, wordings: Wordings) -> Search:
    db = psycopg.connect(f"{server}/postgres", autocommit=True)
    db.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    db.execute("CREATE TEMPORARY TABLE f (item text, text text)")
    with db.cursor() as cursor:
        cursor.executemany("INSERT INTO f VALUES (%s, %s)", wordings)
    asked = "SELECT item, word_similarity(%s, text) AS s FROM f ORDER BY s DESC LIMIT %s"
    return lambda question: db.execute(asked, (question, FOUND_MOST)).fetchall()


def ranks_of(search: Search, questions: list[Asked]) -> tuple[Any, float]:
    """The rank of each question's right item (1 + others that score as much), and milliseconds a question."""
    found, began = [], time.perf_counter()
    for each in questions:
        best: dict[str, float] = {}
        for item, score in search(each.question):
            best[item] = max(score, best.get(item, score))
        right = max((best[item] for item in each.answers if item in best), default=None)
        others = [score for item, score in best.items() if item not in each.answers]
        found.append(metrics.NOT_FOUND if right is None else 1 + sum(score >= right for score in others))
    return np.array(found), (time.perf_counter() - began) * 1000 / max(1, len(questions))


def ours(found: Folder, questions: list[Asked], models: ModelsHere) -> tuple[Any, float]:
    with using(models), temporary_site():
        articles = publish(found.items)
        began = time.perf_counter()
        examples = ask(questions, articles)
        took = (time.perf_counter() - began) * 1000 / max(1, len(questions))
    return metrics.ranks(shipped(), examples), took


def measure(folder: Path, models: ModelsHere, *, server: str, without: list[str]) -> list[dict[str, Any]]:
    found = read(folder)
    questions = [each for each in found.test or found.dev if each.answers]
    wordings = [(item.id, text) for item in found.items for text in (item.title, *item.aliases)]
    as_ours = list(
        zip(
            [item for item, _text in wordings],
            own_words(models, [text for _item, text in wordings]),
            strict=True,
        )
    )
    asked_as_ours = {
        each.question: words
        for each, words in zip(questions, own_words(models, [q.question for q in questions]), strict=True)
    }
    is_english = found.items[0].locale == "en"
    engines: dict[str, Callable[[], Search]] = {
        "SQLite FTS5, unicode61": lambda: sqlite_search(wordings, "unicode61"),
        "SQLite FTS5, porter" if is_english else "SQLite FTS5, trigram": lambda: sqlite_search(
            wordings, "porter unicode61" if is_english else "trigram"
        ),
        "SQLite FTS5, our words": lambda: as_own(sqlite_search(as_ours, "unicode61"), asked_as_ours),
    }
    if "tantivy" not in without:
        engines |= {
            "tantivy, default": lambda: tantivy_search(wordings, "default"),
            "tantivy, our words": lambda: as_own(tantivy_search(as_ours, "default"), asked_as_ours),
        }
        if is_english:
            engines["tantivy, en_stem"] = lambda: tantivy_search(wordings, "en_stem")
    if "postgresql" not in without:
        config = "english" if is_english else "simple"
        engines |= {
            f"PostgreSQL, {config}, ts_rank_cd": lambda: postgres_search(
                server, wordings, config, "ts_rank_cd"
            ),
            f"PostgreSQL, {config}, ts_rank": lambda: postgres_search(server, wordings, config, "ts_rank"),
            "PostgreSQL, our words, ts_rank_cd": lambda: as_own(
                postgres_search(server, as_ours, "simple", "ts_rank_cd"), asked_as_ours
            ),
            "PostgreSQL, pg_trgm word_similarity": lambda: trigram_search(server, wordings),
        }
    rows = [row(folder, name, *ranks_of(make(), questions)) for name, make in engines.items()]
    return [*rows, row(folder, "Handrail, as it comes", *ours(found, questions, models))]


def as_own(search: Search, words: dict[str, str]) -> Search:
    return lambda question: search(words[question])


def row(folder: Path, engine: str, ranks: Any, milliseconds: float) -> dict[str, Any]:
    made = {
        "folder": folder.name,
        "engine": engine,
        "questions": len(ranks),
        **metrics.ranking(ranks),
        "ms": round(milliseconds, 2),
    }
    print(json.dumps(made), file=sys.stderr, flush=True)
    return made


def as_markdown(rows: list[dict[str, Any]]) -> str:
    folders = list(dict.fromkeys(each["folder"] for each in rows))
    counts = {each["folder"]: each["questions"] for each in rows}
    lines = [
        f"| cold, R@1 / R@5 / MRR@10, ms a question | {' | '.join(f'{each} ({counts[each]:,})' for each in folders)} |",
        "|---" * (len(folders) + 1) + "|",
    ]
    by = {(each["engine"], each["folder"]): each for each in rows}
    for engine in sorted(
        dict.fromkeys(each["engine"] for each in rows),
        key=lambda name: (name.split(",")[0] == "Handrail", name.split(",")[0]),
    ):
        cells = [cell(by.get((engine, folder))) for folder in folders]
        lines.append(f"| {engine} | {' | '.join(cells)} |")
    return "\n".join(lines)


def cell(made: dict[str, Any] | None) -> str:
    return f"{made['R@1']} / {made['R@5']} / {made['MRR@10']}, {made['ms']}" if made else "–"


def versions(server: str, without: list[str]) -> dict[str, str]:
    found = {"SQLite": sqlite3.sqlite_version}
    if "tantivy" not in without:
        found["tantivy"] = version("tantivy")
    if "postgresql" not in without:
        with psycopg.connect(f"{server}/postgres") as db:
            found["PostgreSQL"] = str(db.execute("SHOW server_version").fetchone()[0]).split()[0]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", help="all there are, unless named")
    parser.add_argument("--server", default="postgresql://postgres@127.0.0.1:5432")
    parser.add_argument("--without", nargs="*", default=[], choices=("tantivy", "postgresql"))
    parser.add_argument("--no-write", action="store_true", help="print only")
    asked = parser.parse_args()
    models, rows = ModelsHere(), []
    for folder in sorted(each for each in sets().iterdir() if (each / "questions.jsonl").exists()):
        if not asked.sets or folder.name in asked.sets:
            rows += measure(folder, models, server=asked.server, without=asked.without)
    used = versions(asked.server, asked.without)
    text = as_markdown(rows)
    print(text)
    if not asked.no_write:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        result = {
            "at": at,
            "machine": machine(),
            "load": round(os.getloadavg()[0], 2),
            "versions": used,
            "rows": rows,
        }
        RESULTS.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        with_versions = ", ".join(f"{name} {number}" for name, number in used.items())
        put_into_readme("peers", f"{at[:10]}, {with_versions}.\n\n{text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
