"""What stands between a drawn tree and its readers: every way ends, nothing is dead, both languages, a person near."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.accounts.viewer import Viewer
from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audience
from handrail.knowledge.troubleshooting.tree import ARTICLE, PERSON, QUESTION, Step, Tree
from handrail.workspace.locales import LOCALES

TO_A_PERSON_MAX = 2  # presses of “didn't help” from any fix until a person has it


@dataclass(frozen=True)
class Problem:
    """code: what is wrong; step: the key of where, "" for the tree itself; locale where a language lacks it."""

    code: str
    step: str = ""
    locale: str = ""
    is_blocking: bool = True


# Who reads the audiences: an article a tree leads to must be open to every reader of the tree.
READERS: dict[str, Viewer] = {
    Audience.PUBLIC: Viewer(),
    Audience.SIGNED_IN: Viewer(person_id=0, assurance=2),
    # Of a segment we know that they signed in, and may promise no more.
    Audience.SEGMENT: Viewer(person_id=0, assurance=2),
    Audience.EMPLOYEES: Viewer(person_id=0, assurance=2, is_employee=True),
    Audience.AGENTS: Viewer(role="agent"),
}


def problems(tree: Tree, *, audience: str, segment: int | None = None) -> list[Problem]:
    """Everything wrong with a tree for readers of `audience`, in the order one reads it; blocking or worth knowing.

    segment  the number of the one it is for, with Audience.SEGMENT
    """
    found = [
        Problem(f"no_{part}", locale=code)
        for part, given in (("name", tree.name), ("intro", tree.intro))
        for code in LOCALES
        if not given[code].strip()
    ]
    start = tree.steps.get(tree.start)
    if start is None or start.kind != QUESTION:
        found.append(Problem("no_first_question"))
    reached = tree.reached()
    articles = _articles(tree, audience, segment)
    for _depth, step in tree.outline():
        if step.key not in reached:
            found.append(Problem("nothing_leads_here", step.key, is_blocking=False))
        found += _of_step(step, tree, articles)
    found += [Problem("goes_in_circles", key) for key in _circles(tree)]
    return found


def _of_step(step: Step, tree: Tree, articles: dict[int, set[str]]) -> list[Problem]:
    found = []
    if step.kind != ARTICLE:
        found += [Problem("no_text", step.key, code) for code in LOCALES if not step.text[code].strip()]
    if step.kind == QUESTION and len(step.choices) < 2:
        found.append(Problem("too_few_answers", step.key))
    for choice in step.choices:
        found += [
            Problem("answer_without_text", step.key, code)
            for code in LOCALES
            if not choice.text[code].strip()
        ]
    if any(way != PERSON and way not in tree.steps for way in step.ways):
        found.append(Problem("leads_nowhere", step.key))
    if step.kind == ARTICLE:
        written = articles.get(step.article or 0)
        if written is None:
            found.append(Problem("no_article" if step.article is None else "article_hidden", step.key))
        else:
            found += [
                Problem("article_untranslated", step.key, code, is_blocking=False)
                for code in LOCALES
                if code not in written
            ]
    if step.is_fix and not _person_is_near(step, tree):
        found.append(Problem("person_too_far", step.key))
    return found


def _articles(tree: Tree, audience: str, segment: int | None) -> dict[int, set[str]]:
    """article id -> languages it is published in, of those every reader of the tree may see."""
    readable = Article.objects.visible_to(READERS[audience])
    if segment is not None:
        readable = readable | Article.objects.visible_to(READERS[Audience.AGENTS]).filter(segment=segment)
    readable = readable.filter(pk__in=list(tree.articles()))
    return {
        article.pk: {text.locale for text in article.translations.all()}
        for article in readable.with_published()
    }


def _person_is_near(step: Step, tree: Tree) -> bool:
    at: Step | None = step
    for _press in range(TO_A_PERSON_MAX):
        if at is None or not at.is_fix:
            # A question has the way to a person on its own page.
            return True
        if at.otherwise == PERSON:
            return True
        at = tree.steps.get(at.otherwise)
    return at is not None and not at.is_fix


def _circles(tree: Tree) -> list[str]:
    """Steps from which a way leads back to themselves, in the order of the outline."""
    return [step.key for _depth, step in tree.outline() if step.key in _after(step, tree)]


def _after(step: Step, tree: Tree) -> set[str]:
    seen: set[str] = set()
    ahead = list(step.ways)
    while ahead:
        key = ahead.pop()
        if key in tree.steps and key not in seen:
            seen.add(key)
            ahead += tree.steps[key].ways
    return seen
