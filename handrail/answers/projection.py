"""Articles into rows: written in the transaction of the article, so that search is never behind it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from handrail.answers.analysis.terms import Terms, lengths, needs_morphs, pack, terms_of
from handrail.answers.entries import Entry, IndexState
from handrail.answers.index import lexical_index
from handrail.answers.model_client import current
from handrail.answers.normalise import normalise
from handrail.answers.passages import Section, passages, sections
from handrail.answers.wholes import gather
from handrail.knowledge.films import captions_in, words_of
from handrail.knowledge.models import Article, ArticleFile, Translation
from handrail.knowledge.reading import Part, parts

# Raise it when passages.py, tables.py, terms.py or grams.py change; the worker then cuts and analyses anew.
ANALYSIS = 5
LETTERS_UP_TO = 200  # characters; runs of letters say nothing about longer texts


def analyser() -> str:
    """Which analysis this process makes: rows of another are made again when the models come back."""
    return f"{ANALYSIS}:{current().morph_model or 'rules'}"


def text_hash(text: str) -> str:
    """What a wording is known by: 32 hexadecimal digits of its normalised form."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()[:32]


def analyse(texts: Sequence[str]) -> list[Terms]:
    """The terms of each text, normalised here."""
    plain = [normalise(text) for text in texts]
    dense = [text for text in plain if needs_morphs(text)]
    morphs = current().read(dense, []).morphs if dense else []
    found = dict(zip(dense, morphs, strict=True)) if morphs is not None else {}
    return [terms_of(text, found.get(text), letters_too=len(text) <= LETTERS_UP_TO) for text in plain]


@transaction.atomic
def project(article: Article) -> None:
    """Make the rows of an article be those of its published texts; none where nothing is published."""
    forget(Entry.objects.filter(article=article, label=None))
    texts = Translation.objects.filter(article=article, published__isnull=False).select_related("published")
    store([row for text in texts for row in rows_of(article, text)])
    gather([article.pk])


@transaction.atomic
def forget(entries: object) -> None:
    """Delete rows (a QuerySet) and what the index knows of them."""
    found = [(pk, lengths(bytes(blob))) for pk, blob in entries.values_list("pk", "terms")]  # type: ignore[attr-defined]
    if not found:
        return
    lexical_index().remove([pk for pk, _sizes in found])
    for start in range(0, len(found), 500):
        Entry.objects.filter(pk__in=[pk for pk, _sizes in found[start : start + 500]]).delete()
    gone = [sum(sizes[at] for _pk, sizes in found) for at in range(3)]
    IndexState.move(entries=-len(found), terms=(-gone[0], -gone[1], -gone[2]))


@transaction.atomic
def store(rows: list[Entry]) -> None:
    """Save unsaved rows with their terms and make them findable."""
    if not rows:
        return
    analysed, made_by = analyse([row.text for row in rows]), analyser()
    for row, terms in zip(rows, analysed, strict=True):
        row.text_hash, row.terms, row.analyser = text_hash(row.whole), pack(terms), made_by
    Entry.objects.bulk_create(rows)
    lexical_index().add([(row.pk, terms) for row, terms in zip(rows, analysed, strict=True)])
    sizes = [lengths(bytes(row.terms)) for row in rows]
    IndexState.move(entries=len(rows), terms=tuple(sum(size[at] for size in sizes) for at in range(3)))  # type: ignore[arg-type]


def cut_otherwise() -> QuerySet[Article]:
    """Articles with rows that an older release cut, and that this process would not analyse worse than they are."""
    rows = Entry.objects.filter(label=None, article__isnull=False).exclude(
        analyser__startswith=f"{ANALYSIS}:"
    )
    if not current().morph_model:
        rows = rows.filter(analyser__endswith=":rules")
    return Article.objects.filter(pk__in=rows.values("article"))


@transaction.atomic
def renew(entries: Sequence[Entry]) -> None:
    """Make the terms of saved rows again, with the models there are now."""
    lexical_index().remove([row.pk for row in entries])
    before = [lengths(bytes(row.terms)) for row in entries]
    analysed, made_by = analyse([row.text for row in entries]), analyser()
    for row, terms in zip(entries, analysed, strict=True):
        row.terms, row.analyser = pack(terms), made_by
    Entry.objects.bulk_update(entries, ["terms", "analyser"])
    lexical_index().add([(row.pk, terms) for row, terms in zip(entries, analysed, strict=True)])
    after = [lengths(bytes(row.terms)) for row in entries]
    moved = [sum(size[at] for size in after) - sum(size[at] for size in before) for at in range(3)]
    IndexState.move(terms=(moved[0], moved[1], moved[2]))
    gather(row.article_id for row in entries if row.article_id is not None)


def rows_of(article: Article, text: Translation) -> list[Entry]:
    """The unsaved rows of one published text of an article."""
    assert text.published is not None  # the query asked for it
    title = text.published.title
    wordings = [(article.audience_key, Entry.Kind.TITLE, title, "")]
    wordings += [(article.audience_key, Entry.Kind.ALIAS, alias, "") for alias in text.aliases]
    # A passage or block that fewer people read than the article is found, and quoted, by those alone.
    for part in parts(text.published, article.audience_key, locale=text.locale):
        for section in sections(part.html):
            if section.heading:
                wordings.append((part.audience, Entry.Kind.HEADING, section.heading, ""))
            below = "\n".join(filter(None, (title, section.heading)))
            wordings += [(part.audience, *_passage(each, below)) for each in passages(section)]
        spoken = _spoken(article, part, text.locale)
        wordings += [(part.audience, *_passage(each, title)) for each in spoken]
    return [
        Entry(
            article=article,
            product_id=article.topic.product_id,
            locale=text.locale,
            audience=audience,
            kind=kind,
            position=position,
            text=wording,
            below=below,
        )
        for position, (audience, kind, wording, below) in enumerate(wordings)
        if wording.strip()
    ]


def _passage(text: str, below: str) -> tuple[Entry.Kind, str, str]:
    """Its kind, its text and what it is read below: one that is shorter than its headings would only say these again."""
    return Entry.Kind.PASSAGE, text, below if len(text) > len(below) else ""


def _spoken(article: Article, part: Part, locale: str) -> list[str]:
    """What is said in the films of a part, in passages: found as if it were written below them."""
    named = captions_in(part.html, locale)
    if not named:
        return []
    said = words_of(
        [each.name for each in named], ArticleFile.objects.filter(Q(article=article) | Q(block__isnull=False))
    )
    films = [Section("", [cue.text for cue in said.get(each.name, [])]) for each in named]
    return [passage for film in films for passage in passages(film)]
