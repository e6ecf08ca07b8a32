"""Knowledge base: what we know, in each language, for whom, and whether it helped.

Tables   Product, ProductText, Topic, TopicText, Article, Translation, Revision, FaqSet, FaqSetText, FaqEntry,
         Feedback, Reading, Redirect
Verbs    Article.start, Article.write, Translation.publish, Translation.withdraw, Article.show_to, Article.move,
         Article.pin, feedback.give
Records  article.written, article.published, article.withdrawn, article.changed, article.rated
Never    ranking (answers) or page chrome (web)
"""
