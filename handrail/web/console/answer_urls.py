"""Addresses of the answer engine's pages. Permission stands beside the path."""

from __future__ import annotations

from django.urls import path

from handrail.web.console import answers, learned, replay, thresholds
from handrail.web.console.frame import at_console

edits = at_console("knowledge.write")
urlpatterns = [
    path("answers", at_console("numbers.read")(answers.answers), name="answers"),
    path("answers/learning", at_console("workspace.write")(answers.learn), name="answers-learn"),
    path("answers/<int:pk>/choice", at_console("workspace.write")(answers.choose), name="answers-choose"),
    path(
        "answers/<int:pk>/withdrawal",
        at_console("workspace.write")(answers.take_back),
        name="answers-take-back",
    ),
    path("answers/history", at_console("numbers.read")(replay.page), name="answers-history"),
    path("answers/history/again", at_console("answers.write")(replay.again), name="answers-history-again"),
    path("answers/thresholds", at_console("answers.write")(thresholds.page), name="answers-thresholds"),
    path(
        "answers/thresholds/keep",
        at_console("answers.write")(thresholds.keep),
        name="answers-thresholds-keep",
    ),
    path(
        "answers/thresholds/mailboxes",
        at_console("answers.write")(thresholds.keep_mailboxes),
        name="answers-thresholds-mailboxes",
    ),
    path("answers/learned", edits(learned.page), name="learned"),
    path(
        "answers/learned/withdrawal",
        at_console("answers.write")(learned.take_back_all),
        name="learned-take-back-all",
    ),
    path(
        "answers/learned/return",
        at_console("answers.write")(learned.bring_back_all),
        name="learned-bring-back-all",
    ),
    path("answers/learned/<int:pk>", edits(learned.one), name="learned-one"),
    path("answers/learned/<int:pk>/withdrawal", edits(learned.take_back), name="learned-take-back"),
    path("answers/learned/<int:pk>/return", edits(learned.bring_back), name="learned-bring-back"),
    path("answers/learned/<int:pk>/article", edits(learned.point), name="learned-point"),
]
