"""Insights: what the questions of readers say about our knowledge, counted so that every number opens to its rows; and what
there is to do for those who write, told to them.

Tables   Journey (one question and what came of it), DayCount (the same, counted by day), Cursor (how far we read),
         Gap (what people ask in vain, or colleagues write again and again), Case (each time it happened),
         ReadContact (a person was asked after an article), FailingArticle, BrokenLink, Page (how other sites answered),
         Offered (what stood on the list of what there is to do, and whether it was acted on)
Verbs    gathering.gather, collecting.collect, grouping.group, Gap.begin, Gap.dismiss, Gap.close, Gap.reopen,
         drafting.begin_article, drafting.answered_by, closing.close_answered, links.check_links,
         telling.tell_authors, weekly.begin_week, offered.keep_week
Records  gap.begun, gap.dismissed, gap.closed, gap.reopened
Hears    of reviews and check dates, to tell those whom they concern (telling.py); of questions nothing: a schedule reads on
         in asks and in the ledger from where it stopped
Never    writes to another room's tables, or shows a question to who may not know that it was asked
"""
