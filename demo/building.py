"""The whole demo from nothing, step by step."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from demo import (
    asking,
    blocks,
    care,
    company,
    conversations,
    forms,
    furniture,
    help_centre,
    macros,
    people,
    popularity,
    questions,
    troubleshooters,
    wiping,
)
from handrail.contacts.models import Person
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.events.ledger import record
from handrail.knowledge.articles import Article
from handrail.knowledge.importing.report import FAILED
from handrail.knowledge.products import Product
from handrail.workspace.models import Brand

Say = Callable[[str], None]
STEPS = 8


class ArticlesLeftOut(RuntimeError):
    """Some of the demo's own articles could not be imported."""


@dataclass
class Built:
    """What there is now: what -> how many; `learned` says what the answer engine made of the labels."""

    counts: dict[str, int] = field(default_factory=dict)
    learned: str = ""
    seconds: float = 0.0


def rebuild(*, learns: bool = True, say: Say = lambda line: None) -> Built:
    """Empty the database and build the demo in it.

    learns  also load the models and let the answer engine learn from the labelled questions: two thirds of the time

    Raises wiping.NotADemo for a database that is not a demo's; it is untouched then.
    """
    begun = time.monotonic()
    wiping.check_is_demo()
    built = Built()
    say(f"1/{STEPS} emptying")
    stamp = wiping.wipe()
    with questions.models() if learns else nullcontext():
        now = clock.now()
        people_met, offered, articles = _know(built, stamp, now, say)
        if learns:
            say(f"6/{STEPS} learning from them")
            built.learned = questions.learn_from_them(say)
        say(f"7/{STEPS} conversations")
        brand = Brand.objects.get()
        built.counts["conversations"] = conversations.hold_all(brand, people_met, offered, articles, now)
        forms.fill_in()
        say(f"8/{STEPS} questions of eight weeks")
        built.counts["asked"] = asking.ask_all(now)
        built.counts["gaps"] = asking.look_into_it()
        with transaction.atomic():
            record(wiping.BUILT, brand, by=SYSTEM)
    built.seconds = time.monotonic() - begun
    return built


Known = tuple[dict[str, Person], dict[str, Product], dict[str, Article]]


def _know(built: Built, stamp: int, now: datetime, say: Say) -> Known:
    """Everybody and everything there is before anybody asks."""
    counts = built.counts
    say(f"2/{STEPS} company, colleagues and customers")
    with transaction.atomic():
        brand = company.found(after_stamp=stamp)
        record(wiping.BEGUN, brand, by=SYSTEM)
    everybody = people.meet_all(now)
    counts["people"] = len(everybody)
    counts["macros"] = macros.prepare()
    counts["records"] = people.keep_records(everybody, now)

    say(f"3/{STEPS} products and articles")
    counts["segments"] = furniture.define_segments(everybody)
    offered = help_centre.offer_products(brand, company.team_of_products())
    counts["request forms"], counts["ticket templates"] = forms.prepare(offered)
    report = help_centre.import_articles(brand, progress=_every(20, say))
    if report.count(FAILED):
        first = report.troubles[0]
        raise ArticlesLeftOut(f"{first.path}: {first.message} {first.next_step}")
    articles = help_centre.by_name()
    counts["news"] = help_centre.date_the_news(articles, now)
    counts["articles"], counts["texts"] = report.articles, report.count("new")
    furniture.set_up(offered, articles, now)
    counts["reusable blocks"] = blocks.write_all(articles)
    counts["FAQ sets"] = help_centre.offer_faq_sets(brand, offered, articles)
    counts["troubleshooters"] = troubleshooters.draw(offered, articles)

    counts["articles with an owner"] = care.take_care(articles, now)
    say(f"4/{STEPS} readers")
    counts["verdicts"], counts["reads"] = popularity.spread(articles, now)
    say(f"5/{STEPS} labelled questions")
    counts["questions"] = questions.label(articles)
    return everybody, offered, articles


def _every(step: int, say: Say) -> Callable[[int, int, str], None]:
    def told(done: int, total: int, path: str) -> None:
        if done % step == 0 or done == total:
            say(f"      {done}/{total} {path}")

    return told
