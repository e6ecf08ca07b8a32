"""What may be published, what a draft remembers, and how a tree is drawn."""

from __future__ import annotations

import pytest

from handrail.core.actors import SYSTEM
from handrail.knowledge.troubleshooting import drawing
from handrail.knowledge.troubleshooting.map import picture
from handrail.knowledge.troubleshooting.models import NotReady, Overtaken
from handrail.knowledge.troubleshooting.tree import Tree
from tests.portal.shop import Shop
from tests.portal.trees import a_tree, drawn, published, texts


@pytest.fixture
def shop(standing_shop) -> Shop:
    return standing_shop


def changed(shop: Shop, key: str, **step: object) -> dict[str, object]:
    document = a_tree(shop)
    steps = [{**each, **step} if each["key"] == key else each for each in document["steps"]]  # type: ignore[attr-defined]
    return {**document, "steps": steps}


@pytest.mark.parametrize(
    ("step", "change", "code"),
    [
        ("s2", {"choices": []}, "too_few_answers"),
        ("s2", {"text": texts("한쪽만요?", "")}, "no_text"),
        ("s3", {"article": 987654}, "article_hidden"),
        ("s3", {"article": None}, "no_article"),
        ("s4", {"otherwise": "gone"}, "leads_nowhere"),
        ("s4", {"otherwise": "s3"}, "goes_in_circles"),
        ("s1", {"kind": "advice"}, "no_first_question"),
    ],
)
def test_what_would_fail_a_reader_is_not_published(shop, step, change, code):
    one = drawn(shop)
    one.draw(changed(shop, step, **change), by=SYSTEM)

    with pytest.raises(NotReady) as refused:
        one.publish(by=SYSTEM)

    assert code in {problem.code for problem in refused.value.problems}
    assert one.versions.count() == 0


def test_an_article_hidden_from_its_readers_is_no_fix(shop):
    one = drawn(shop)
    one.draw(changed(shop, "s3", article=shop.internal.pk), by=SYSTEM)

    with pytest.raises(NotReady):
        one.publish(by=SYSTEM)


def test_three_fixes_in_a_row_keep_a_person_too_far(shop):
    document = a_tree(shop)
    advice = {"kind": "advice", "text": texts("해 보세요", "Try"), "choices": []}
    document["steps"] += [  # type: ignore[operator]
        {"key": "s5", **advice, "otherwise": "s6"},
        {"key": "s6", **advice, "otherwise": "person"},
    ]
    document["steps"][3]["otherwise"] = "s5"  # type: ignore[index]
    one = drawn(shop)
    one.draw(document, by=SYSTEM)

    found = {(problem.code, problem.step) for problem in one.problems()}

    assert ("person_too_far", "s3") in found and ("person_too_far", "s5") not in found


def test_readers_keep_the_old_tree_until_the_new_one_is_published(shop):
    one = published(shop)
    one.draw({**one.draft, "name": texts("새 이름", "New name")}, by=SYSTEM)
    one.refresh_from_db()

    assert one.shown.name["ko"] == "이어폰 진단" and one.is_changed

    one.publish(by=SYSTEM)
    one.restore(one.versions.get(number=1), by=SYSTEM)
    one.publish(by=SYSTEM)
    assert one.shown.name["ko"] == "이어폰 진단"
    assert [version.number for version in one.versions.all()] == [3, 2, 1]


def test_a_draft_saved_meanwhile_is_not_overwritten(shop):
    one = drawn(shop)
    edition = one.edition
    one.draw({**one.draft, "name": texts("먼저", "First")}, by=SYSTEM, seen=edition)

    with pytest.raises(Overtaken):
        one.draw({**one.draft, "name": texts("나중", "Second")}, by=SYSTEM, seen=edition)

    one.refresh_from_db()
    assert one.drawn.name["ko"] == "먼저"


def test_choosing_a_new_step_draws_it(shop):
    document = drawing.empty(texts("이름", "Name"))
    document["steps"][0]["choices"][0]["to"] = "new:question"
    document["steps"][0]["choices"][1]["to"] = "new:article"

    drawn_on, first = drawing.with_new_steps(document)

    tree = Tree.read(drawn_on)
    assert [step.kind for _depth, step in tree.outline()] == ["question", "question", "article"]
    assert len(tree.steps[first].choices) == 2
    keys = [choice.key for step in tree.steps.values() for choice in step.choices]
    assert len(keys) == len(set(keys))
    assert document["steps"][0]["choices"][0]["to"] == "new:question", "the draft itself was changed"


def test_a_removed_step_leaves_its_answers_undecided(shop):
    tree = Tree.read(drawing.without_step(a_tree(shop), "s4"))

    assert "s4" not in tree.steps
    assert [choice.to for choice in tree.steps["s1"].choices] == ["s2", ""]
    assert tree.steps["s3"].otherwise == "person"


def test_the_picture_shows_each_step_once_also_in_a_circle(shop):
    tree = Tree.read(changed(shop, "s4", otherwise="s1"))

    boxes = [box.step.key for box in picture(tree).boxes if box.step]

    assert sorted(boxes) == ["s1", "s2", "s3", "s4"]
