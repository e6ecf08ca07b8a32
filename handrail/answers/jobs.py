"""Work of the answer engine that waits for a worker."""

from __future__ import annotations

from collections.abc import Container

import numpy as np
from django.db import transaction

from handrail.answers import asked_from, contexts, evidence, learn, projection, unlearning, wholes
from handrail.answers.agreement import CERTAIN
from handrail.answers.asks import Ask
from handrail.answers.encoder import NO_PIECES, is_whole
from handrail.answers.entries import Entry, IndexState, Vector, wanting
from handrail.answers.fittings import Fitting
from handrail.answers.index import lexical_index
from handrail.answers.labels import Evidence, Label
from handrail.answers.model_client import current
from handrail.answers.normalise import normalise
from handrail.answers.old_vectors import delete_old_vectors
from handrail.answers.refit import TooFewLabels, refit
from handrail.answers.replays import Replay
from handrail.core.actors import CLOCK, Actor
from handrail.core.jobs.backend import task
from handrail.core.jobs.schedules import schedule
from handrail.core.jobs.worker import ASIDE, NotYet
from handrail.knowledge.models import Article

BATCH = 128  # texts encoded at once
AT_ONCE = 4 * BATCH  # texts of one job: seconds, in which mail and due articles wait
REFIT_AFTER = 50  # new labels


class ModelsAway(NotYet):
    """The model process is not running: the job is tried again later."""


@task(queue_name="index")
def encode() -> int:
    """Give wordings without a vector one, and after a few batches let other work go first. Returns how many it were."""
    count = encode_wanting(most=AT_ONCE)
    if count >= AT_ONCE:
        encode.enqueue()
    return count


def encode_wanting(*, most: int = 0) -> int:
    """Encode what has no vector yet, a batch a transaction. Raises ModelsAway where there is no encoder.

    most  texts after which it stops; 0 for all there are
    """
    lexical_index().refresh()
    count = 0
    after = 0
    while True:
        model = current().vector_model
        # From where we are: looking from the start each time would cost the square of the rows.
        rows = list(wanting(model).filter(pk__gt=after).order_by("pk")[: 4 * BATCH])
        if not rows:
            break
        after = rows[-1].pk
        texts = {row.text_hash: row.whole for row in rows}
        short = {row.text_hash for row in rows if row.kind != Entry.Kind.PASSAGE}
        if not model:
            raise ModelsAway("No encoder answers; start `handrail models` or install the encoder.")
        for start in range(0, len(texts), BATCH):
            count += _encode(dict(list(texts.items())[start : start + BATCH]), model, in_pieces=short)
        if most and count >= most:
            return count
    named = contexts.wanting(model) if model else {}
    return count + (_encode(named, model, in_pieces=named) if named else 0)


def _encode(texts: dict[str, str], model: str, *, in_pieces: Container[str] = ()) -> int:
    """Keep what is made of these texts, by their hashes; of some the pieces too: those of a passage would be many.

    Nothing is held in the database while the models work: others write meanwhile.
    """
    reading = current().read([], [normalise(text) for text in texts.values()])
    vectors, pieces = reading.vectors, reading.pieces or [NO_PIECES] * len(texts)
    if vectors is None:
        raise ModelsAway("The encoder went away while it worked.")
    if not is_whole(vectors, model):
        raise ModelsAway("The embeddings' address did not answer, or oddly; half a vector is not kept.")
    rows = [
        Vector(
            text_hash=text_hash,
            model=model,
            numbers=vector.astype(np.float16).astype("<f2").tobytes(),
            pieces=own.tobytes() if text_hash in in_pieces else b"",
        )
        for text_hash, vector, own in zip(texts, vectors, pieces, strict=True)
    ]
    with transaction.atomic():
        Vector.objects.bulk_create(rows, ignore_conflicts=True)
        IndexState.move()
    return len(rows)


@schedule("*/10 * * * *")
@task(queue_name="index")
def catch_up() -> int:
    """Make what an earlier release had not, and again what was made without the models: rows by rule, no vectors."""
    reader = current()
    renewed = 0
    while articles := wholes.missing():
        wholes.gather(articles)
        renewed += len(articles)
    while cut := list(projection.cut_otherwise()[:BATCH]):
        for article in cut:
            projection.project(article)
        renewed += len(cut)
    if not reader.morph_model:
        return renewed
    renewed += contexts.renew(contexts.stale())
    while rows := list(Entry.objects.of_other_analysis(projection.analyser())[:BATCH]):
        projection.renew(rows)
        renewed += len(rows)
    return renewed + (encode_wanting() if reader.vector_model else 0)


@schedule("25 * * * *")
@task(queue_name="index")
def sweep_vectors() -> int:
    """Delete what an older encoder made, once the new vectors are whole. Returns how many."""
    return delete_old_vectors()


@schedule("10 3 * * *")
@task(queue_name="index")
def fade() -> int:
    """Remember of what nobody was certain of only what still weighs enough. Returns how many questions were looked at."""
    doubted = Label.objects.to_learn_from().filter(weight__lt=CERTAIN)
    hashes = sorted(set(doubted.values_list("text_hash", flat=True)))
    for start in range(0, len(hashes), BATCH):
        learn.remember(set(hashes[start : start + BATCH]))
    return len(hashes)


@schedule("20 3 * * *")
@task(queue_name="index")
def forget_private() -> int:
    """Forget what an earlier release learned from private teams' conversations. Returns how many verdicts."""
    return unlearning.forget_private(by=CLOCK)


@schedule("30 3 * * *")
@task(queue_name=ASIDE)
def learn_nightly() -> bool:
    """Fit anew where labels came in since the last time. Returns whether it did."""
    evidence.asked_again()
    asked_from.count_habits()
    last = Fitting.objects.order_by("-pk").first()
    fresh = Label.objects.standing().filter(at__gt=last.at) if last else Label.objects.standing()
    if fresh.count() < (REFIT_AFTER if last else 1):
        return False
    try:
        refit(by=CLOCK)
    except TooFewLabels:
        return False
    return True


@task(queue_name=ASIDE)
def learn_now(kind: str, by: int | None) -> bool:
    """Fit anew from all verdicts there are, as somebody asked to. Returns whether there were enough."""
    evidence.asked_again()
    try:
        refit(by=Actor(kind, by))
    except TooFewLabels:
        return False
    return True


def keep_evidence(ask_id: int, article_id: int | None, kind: Evidence, actor: Actor) -> None:
    """Keep as a label what the asker did with an answer; not certain until others agree."""
    ask = Ask.objects.filter(pk=ask_id).first()
    article = Article.objects.filter(pk=article_id).first() if article_id else None
    if ask is None or (article_id and article is None):
        return
    evidence.keep(ask, article, kind, by=actor)


@schedule("0 4 * * *")
@task(queue_name="index")
def replay() -> int:
    """Ask last month's questions again, after the night's learning. Returns how many there were."""
    return int(Replay.make(by=CLOCK).report["asked"]["questions"])


@task(queue_name="index")
def warm() -> int:
    """Read what questions are answered by into this worker, so that its first letter does not wait. Returns rows."""
    from handrail.answers.vector_rows import snapshot

    return len(snapshot(IndexState.now().stamp, current().vector_model).entry)
