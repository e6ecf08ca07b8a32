"""Whether the right words of the right article are quoted: questions to articles of the demo company.

    HANDRAIL_DATA=… python benches/answers/quoting.py        of a folder in which the demo company was set up (make run)

quoting.json names the article by where it was imported from, and how the passages begin that answer. Of its two sets
`parts` was written to single passages; `labelled` are drawn by chance from the demo's past questions, whatever they ask for.
"""

# ruff: noqa: E402 - Django is set up before the rooms are imported

import json
import os
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")

import django

django.setup()

from handrail.accounts.models import Role, User
from handrail.accounts.viewer import staff_viewer
from handrail.answers.chosen import chosen
from handrail.answers.entries import Entry
from handrail.answers.model_client import using
from handrail.answers.model_here import ModelsHere
from handrail.knowledge.models import Article

CASES = Path(__file__).with_name("quoting.json")


def main():
    viewer = staff_viewer(User.objects.filter(role=Role.AGENT).order_by("pk").first())
    asked, right, doubled = Counter(), Counter(), Counter()
    with using(ModelsHere()):
        for case in json.loads(CASES.read_text()):
            article = Article.objects.get(source=case["article"])
            hit = chosen(article.pk, case["question"], viewer, locale=case["locale"]).answer
            # Of a table only the rows asked for are quoted, and beside another passage each below its heading.
            ends = [words.split("\n")[-1] for words in hit.text.split("\n\n")]
            rows = Entry.objects.filter(article=article, locale=case["locale"], kind=Entry.Kind.PASSAGE)
            texts = [
                text for text in rows.values_list("text", flat=True) if text.startswith(tuple(case["says"]))
            ]
            is_right = any(end in text for end in ends for text in texts)
            key = (case["set"], case["locale"], case["half"])
            asked[key] += 1
            right[key] += is_right
            doubled[key[0]] += len(ends) > 1
            if not is_right:
                print(f"{case['question']}: {hit.text[:80]!r} instead of {case['says']!r}")
    for key in sorted(asked):
        print(f"{' '.join(key)}: {right[key]} of {asked[key]}")
    print(f"two passages quoted: {dict(doubled)}; all right: {right.total()} of {asked.total()}")


if __name__ == "__main__":
    main()
