"""The desk's addresses, each with who may call it."""

from __future__ import annotations

from django.urls import path

from handrail.web.desk import (
    article_links,
    bodies,
    bulk,
    changes,
    composing,
    conversations,
    linking,
    lists,
    macros,
    opening,
    outgoing,
    profile,
    runs,
    saved,
    snoozing,
    suggestions,
)
from handrail.web.desk.frame import at_desk

app_name = "desk"
ONE = "conversations/<int:number>"
read, change = at_desk(), at_desk("conversations.change")
urlpatterns = [
    path("", at_desk("desk.enter")(lists.home), name="home"),
    path("views/<slug:name>/", read(lists.view), name="view"),
    path("views/new", read(saved.edit), name="saved-new"),
    path("views/saved/<int:pk>", read(saved.edit), name="saved-edit"),
    path("views/saved/<int:pk>/retire", read(saved.retire), name="saved-retire"),
    path("counts", read(lists.counted), name="counts"),
    path("search", read(lists.search), name="search"),
    path("new", at_desk("conversations.open")(opening.new), name="new"),
    path("profile", at_desk("desk.enter")(profile.profile), name="profile"),
    path(ONE, read(conversations.page), name="conversation"),
    path(f"{ONE}/history", read(conversations.history), name="history"),
    path(f"{ONE}/presence", read(conversations.presence), name="presence"),
    path(f"{ONE}/suggestions", read(suggestions.suggestions), name="suggestions"),
    path(f"{ONE}/articles", read(article_links.find), name="articles"),
    path(f"{ONE}/articles/<int:article>/words", read(article_links.words), name="article-words"),
    path(f"{ONE}/messages", at_desk("conversations.reply")(composing.reply), name="reply"),
    path(f"{ONE}/notes", at_desk("conversations.note")(composing.note), name="note"),
    path(f"{ONE}/assignment", at_desk("conversations.assign")(changes.assignment), name="assignment"),
    path(f"{ONE}/team", at_desk("conversations.assign")(changes.team), name="team"),
    path(f"{ONE}/status", change(changes.status), name="status"),
    path(f"{ONE}/priority", change(changes.priority), name="priority"),
    path(f"{ONE}/subject", change(changes.subject), name="subject"),
    path(f"{ONE}/tags", change(changes.tags), name="tags"),
    path(f"{ONE}/participants", change(changes.participants), name="participants"),
    path(f"{ONE}/snooze", change(snoozing.snooze), name="snooze"),
    path(f"{ONE}/wake", change(snoozing.wake), name="wake"),
    path(f"{ONE}/requester", change(changes.requester), name="requester"),
    path(f"{ONE}/merge", at_desk("conversations.merge")(changes.merging), name="merge"),
    path(f"{ONE}/unmerge", at_desk("conversations.merge")(changes.unmerging), name="unmerge"),
    path(f"{ONE}/type", change(changes.type_of), name="type"),
    path(f"{ONE}/links", change(linking.links), name="links"),
    path(f"{ONE}/below", change(linking.solve_below), name="below"),
    path("messages/<int:pk>/split", at_desk("conversations.open")(linking.splitting), name="split"),
    path("messages/<int:pk>/body", read(bodies.body), name="body"),
    path("deliveries/<int:pk>/resend", at_desk("conversations.reply")(changes.resending), name="resend"),
    path("macros", at_desk("conversations.reply")(macros.every), name="macros"),
    path("macros/new", at_desk("conversations.reply")(macros.edit), name="macro-new"),
    path("macros/<int:pk>", at_desk("conversations.reply")(macros.edit), name="macro"),
    path("macros/<int:pk>/retire", at_desk("conversations.reply")(macros.retire), name="macro-retire"),
    path(f"{ONE}/macros", at_desk("conversations.reply")(macros.menu), name="macro-menu"),
    path("bulk", change(bulk.choose), name="bulk"),
    path("bulk/run", change(bulk.carry_out), name="bulk-run"),
    path("runs/<int:pk>", change(runs.one), name="run"),
    path("runs/<int:pk>/strip", change(runs.strip), name="run-strip"),
    path("runs/<int:pk>/undo", change(runs.take_back), name="run-undo"),
    path("outgoing/<int:pk>/undo", at_desk("conversations.reply")(outgoing.take_back), name="take-back"),
    path("outgoing/<int:pk>/now", at_desk("conversations.reply")(outgoing.leave_now), name="leave-now"),
    path("files/<int:pk>", read(bodies.file), name="file"),
]
