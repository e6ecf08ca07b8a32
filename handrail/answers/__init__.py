"""Answer engine: a question becomes a quoted answer, a few choices, or is left to a person.

Tables   Entry, Whole, Context, Vector, IndexState (what can be found); Ask (what was asked); Label, Fitting, Classifier
         (what was learned); Threshold (how sure an answer must be); Replay (the past asked again)
Verbs    answer.answer, suggest.suggest, learn.confirm, learn.take_back, teaching.teach, teaching.point,
         teaching.bring_back, teaching.take_back_all, teaching.bring_back_all, refit.refit, Ask.open, Ask.solve, Ask.rate,
         Ask.refuse, Fitting.choose, Fitting.withdraw, Threshold.put, Threshold.drop
Records  ask.opened, ask.solved, ask.rated, ask.refused, label.given, label.withdrawn, label.restored, fitting.made,
         fitting.refused, fitting.chosen, fitting.withdrawn, threshold.put, threshold.dropped, answers.replayed
Hears    article.published, article.withdrawn, article.changed, product.offered, topic.offered, topic.moved,
         ask.opened, ask.solved, ask.rated, ask.refused, message.sent, conversation.status_changed,
         conversation.team_changed, team.changed
Never    opens a conversation, or reads around `visible_to`

A question that asks several things is taken apart by parts.parts_of and answered by several.in_parts. What a message asks
and a reply leaves open is told by addressed.not_addressed.
Where a passage and the beginning of its article are nearly worth as much, both are quoted (together.py).
Where nothing can be compared by meaning, gate.Gate.by_words decides (shipped_words.json): choices, no answer.
Initial consonants (beginnings.by_initials) lead to choices, the wish for a person (wants_person.py) to a hand-over.
Words that say that what was shown did not help are told by in_vain.py, the way it is said after that by after_shown.py, a yes to "shall I?" by says_yes.py.
Opening hours that are asked for (opening_hours.py) come from the workspace by way of the teams a brand's inboxes reach.
Of a few questions with choices the third is an article from further down (exploring.py), so that it can be learned of.
An article that nothing was learned of is worth a choice where it would be one on a new site (unlearned.py).
Words as chats shorten them are said in full (chat_words.py); english/newer.txt holds words younger than the counted books.
Where it would be a guess, it is none: which_product.py, unnamed.py, news.py, struck.py, acronyms.py.
What names no thing is of the page's product, or of the one the talk was about (asked_from.Page, is_said); Result.thing tells it.
What Korean puts behind a noun is put together from its parts by noun_endings.py: a keyword is heard with any of it, and in no other word.
Korean compounds said short (공청기) are read in full by short_forms.py, as vocabulary.py counts them.
A table is cut into lines of words, a row each (tables.py); passages.py cuts everything else, and leaves out tables of contents.
A section of a long page is found like an article of its own (vectors.py) and quoted as one (quotation.py).
The page it was asked from (asked_from.Page) is weighed by where such questions were solved.
chat_model is the language model an operator may name: phrasing says a passage in other words, translating a reply.
model_address.post asks it, and the model embeddings are had from.

keywords holds KeywordAnswer with .tie and .untie: words an author ties to one article; it records keywords.tied and .untied.
A word leads to one article of a product and language (WordTaken); tied_twice tells what an archive brought in otherwise.
words_along lets them leave with a folder of Markdown, and come in with it.
"""
