"""Answer engine: a question becomes a quoted answer, a few choices, or is left to a person.

Tables   Entry, Vector, IndexState (what can be found); Ask (what was asked); Label, Fitting (what was learned)
Verbs    answer.answer, suggest.suggest, learn.confirm, learn.take_back, refit.refit, Ask.open, Ask.solve, Ask.refuse,
         Fitting.choose, Fitting.withdraw
Records  ask.opened, ask.solved, ask.refused, label.given, label.withdrawn, fitting.made, fitting.chosen, fitting.withdrawn
Hears    article.published, article.withdrawn, article.changed, ask.solved
Never    opens a conversation, or reads around `visible_to`

keywords holds KeywordAnswer with .tie and .untie: words an author ties to one article; it records keywords.tied and .untied.
"""
