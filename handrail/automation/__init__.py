"""What is done to conversations by a press on many or by a prepared step: changes, macros, runs that can be undone.

A macro is a text, articles, files and changes, or some of them (macros.py); which articles a customer may read and what of them
stands in a reply is asked in article_links.py, by the composer too.

A macro of everybody's may be tied to articles as the template that answers what they answer (template_answers.py): colleagues who
are asked it have it before them, and intake sends it by mail where it may. Records macro.tied.
A run that closes only solves at first; closing.py closes for good when the way back has ended.

Whatever is done here a person could do by the same verb; only `by=` differs, and a refusal is told for each conversation.
"""
