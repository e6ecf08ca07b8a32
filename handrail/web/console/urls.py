"""The console's addresses, each with who may call it."""

from __future__ import annotations

from django.urls import path

from handrail.web.console import (
    answer_urls,
    article_changes,
    article_furnishing,
    article_history,
    article_list,
    article_new,
    article_page,
    article_placing,
    article_saving,
    article_scratch,
    article_translation,
    blocks,
    deliveries,
    editor,
    help_centre_urls,
    inbound,
    insight_urls,
    jobs,
    product_team,
    segments,
    synonyms,
    tasks,
    topic_moves,
    topics,
    transfers,
)
from handrail.web.console.frame import at_console, home

app_name = "console"
writes = at_console("knowledge.write")
publishes = at_console("knowledge.publish")
urlpatterns = [
    path("", at_console("console.enter")(home), name="home"),
    path("tasks", writes(tasks.tasks), name="tasks"),
    path("articles", writes(article_list.articles), name="articles"),
    path("articles/new", writes(article_new.new), name="article-new"),
    path("articles/new/scratch", writes(article_new.keep), name="article-new-scratch"),
    path("articles/<int:pk>", writes(article_page.home), name="article-home"),
    path("articles/<int:pk>/care", writes(article_changes.care), name="article-care"),
    path("articles/<int:pk>/confirmation", writes(article_changes.confirm), name="article-confirm"),
    path("articles/<int:pk>/place", publishes(article_placing.keep), name="article-place"),
    path("articles/<int:pk>/furniture", writes(article_furnishing.keep), name="article-furniture"),
    path("articles/<int:pk>/files", writes(article_furnishing.attach), name="article-file"),
    path(
        "articles/<int:pk>/files/<int:file>/removed",
        writes(article_furnishing.take_away),
        name="article-file-removed",
    ),
    path("synonyms", writes(synonyms.page), name="synonyms"),
    path("synonyms/keep", writes(synonyms.keep), name="synonyms-keep"),
    path("synonyms/<int:words>/drop", writes(synonyms.drop), name="synonyms-drop"),
    path("transfers", publishes(transfers.page), name="transfers"),
    path("transfers/out", publishes(transfers.take_out), name="transfer-out"),
    path("transfers/in", publishes(transfers.take_in), name="transfer-in"),
    path("transfers/<int:transfer>/file", publishes(transfers.download), name="transfer-file"),
    path("segments", publishes(segments.page), name="segments"),
    path("segments/keep", publishes(segments.keep), name="segments-keep"),
    path("articles/<int:pk>/archive", publishes(article_changes.archive), name="article-archive"),
    path("articles/<int:pk>/<locale:locale>", writes(article_saving.article), name="article"),
    # Which step may be taken is decided with the text at hand (knowledge/steps.py).
    path("articles/<int:pk>/<locale:locale>/step", writes(article_saving.step), name="article-step"),
    path("articles/<int:pk>/<locale:locale>/scratch", writes(article_scratch.keep), name="article-scratch"),
    path(
        "articles/<int:pk>/<locale:locale>/history", writes(article_history.history), name="article-history"
    ),
    path(
        "articles/<int:pk>/<locale:locale>/difference",
        writes(article_history.compare),
        name="article-difference",
    ),
    path(
        "articles/<int:pk>/<locale:locale>/restoration",
        writes(article_history.restore),
        name="article-restore",
    ),
    path(
        "articles/<int:pk>/<locale:locale>/translation",
        writes(article_translation.translation),
        name="article-translation",
    ),
    path("articles/<int:pk>/<locale:locale>/hold", writes(article_translation.hold), name="article-hold"),
    path("blocks", writes(blocks.blocks), name="blocks"),
    path("blocks/new", writes(blocks.new), name="block-new"),
    path("blocks/<int:pk>/<locale:locale>", writes(blocks.block), name="block"),
    path("blocks/<int:pk>/<locale:locale>/care", publishes(blocks.care), name="block-care"),
    path("blocks/<int:pk>/<locale:locale>/withdrawal", publishes(blocks.withdraw), name="block-withdraw"),
    path("editor/files", writes(editor.files), name="editor-files"),
    path("editor/articles", writes(editor.articles), name="editor-articles"),
    path("editor/blocks", writes(editor.blocks), name="editor-blocks"),
    path("editor/blocks/<int:pk>", writes(editor.block), name="editor-block"),
    path("editor/markdown", writes(editor.markdown), name="editor-markdown"),
    path("jobs", at_console("console.jobs")(jobs.jobs), name="jobs"),
    path("jobs/retry", at_console("console.jobs")(jobs.retry_all), name="retry-all"),
    path("jobs/<int:pk>/retry", at_console("console.jobs")(jobs.retry), name="retry"),
    path("inbound", at_console("console.inbound")(inbound.inbound), name="inbound"),
    path("inbound/<int:pk>/release", at_console("console.inbound")(inbound.release), name="release"),
    path("inbound/<int:pk>/raw", at_console("console.inbound")(inbound.raw), name="raw"),
    path("topics", writes(topics.page), name="topics"),
    path("topics/new", writes(topics.new), name="topic-new"),
    path("topics/<int:topic>", writes(topics.edit), name="topic"),
    path("topics/<int:topic>/move", writes(topic_moves.move_topic), name="topic-move"),
    path("topics/<int:topic>/dissolve", writes(topic_moves.dissolve), name="topic-dissolve"),
    path(
        "topics/products/<int:product>/team",
        at_console("workspace.write")(product_team.give),
        name="product-team",
    ),
    path(
        "topics/products/<int:product>/move",
        writes(topic_moves.move_product),
        name="product-move",
    ),
    path(
        "topics/articles/<int:article>/move",
        writes(topic_moves.move_article),
        name="article-move",
    ),
    path("deliveries", at_console("console.jobs")(deliveries.deliveries), name="deliveries"),
    *help_centre_urls.urlpatterns,
    *answer_urls.urlpatterns,
    *insight_urls.urlpatterns,
]
