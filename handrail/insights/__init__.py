"""Insights: what the questions of readers say about our knowledge, counted so that every number opens to its rows.

Tables   Journey (one question and what came of it), DayCount (the same, counted by day), Cursor (how far we read)
Verbs    gathering.gather
Records  nothing yet
Hears    nothing: a schedule reads on in asks and in the ledger from where it stopped
Never    writes to another room's tables, or shows a question to who may not know that it was asked
"""
