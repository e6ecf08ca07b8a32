"""handrail ask: a question at the command line, answered by the same function as everywhere."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.answers.asked_from import Page
from handrail.answers.asks import Ask
from handrail.answers.model_client import current, using
from handrail.answers.model_here import ModelsHere
from handrail.answers.question import understand
from handrail.answers.results import Hit, Result
from handrail.answers.vocabulary import count_now
from handrail.knowledge.models import Product

LANGUAGES = {"ko": "Korean", "en": "English"}


class Command(BaseCommand):
    help = (
        "Answer a question as a stranger would see it. Exit status 0 for answer, choices and handover alike."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("question")
        parser.add_argument("--locale", default="ko", choices=["ko", "en"])
        parser.add_argument("--product", default="", help="slug: only what stands below it")
        parser.add_argument(
            "--from-product", default="", help="slug of the product whose page it is asked from"
        )
        parser.add_argument("--channel", default="portal")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--remember", action="store_true", help="keep the question as if a customer had asked it"
        )

    def handle(self, *args: Any, question: str, **options: Any) -> None:
        product = _product(options["product"])
        wanted = {name: options[name] for name in ("locale", "channel", "remember")}
        count_now()
        wanted["page"] = Page.of(None, _product(options["from_product"]))
        if current().vector_model:
            result = answer(question, STRANGER, product=product, **wanted)
        else:
            with using(ModelsHere()):
                understand(question)  # loading the models is not the answer's time
                result = answer(question, STRANGER, product=product, **wanted)
        self.stdout.write(
            json.dumps(result.as_json(), ensure_ascii=False) if options["json"] else said(result)
        )


def _product(slug: str) -> Product | None:
    product = Product.objects.filter(slug=slug).first() if slug else None
    if slug and product is None:
        raise CommandError(f"There is no product {slug!r}.")
    return product


def _only_in(hit: Hit) -> str:
    return f"  (exists only in {LANGUAGES[hit.locale]} so far)" if hit.is_in_another_language else ""


def said(result: Result) -> str:
    """The result as lines for a terminal."""
    lines = [
        f"{result.outcome}{' (provisional)' if result.is_provisional else ''}, {result.milliseconds:.0f} ms"
    ]
    if result.wants_person:
        lines.append(f"The words ask for a person: {result.contact_url}")
    for hit in result.answers:
        lines += [f"{hit.confidence:.2f}  {hit.title}  {hit.url}{_only_in(hit)}", hit.text]
    lines += [
        f"{each.confidence:.2f}  {each.title} ({each.product})  {each.url}{_only_in(each)}"
        for each in result.choices
    ]
    if result.outcome == Ask.Outcome.HANDOVER and not result.wants_person:
        lines.append(f"Nothing was found. A person: {result.contact_url}")
    return "\n".join(lines)
