"""Knowledge base: what we know, in each language, for whom, and whether it helped.

Tables   Product, ProductText, Topic, TopicText, Article, Translation, Revision, FaqSet, FaqSetText, FaqEntry,
         Feedback, Reading, Redirect, ArticleFile, Imported
Verbs    Article.start, Article.write, Translation.publish, Translation.withdraw, Article.show_to, Article.move,
         Article.pin, Article.change_kind, Article.relate, ArticleFile.attach, Product.offer, Topic.offer, FaqSet.offer,
         feedback.give, importing.run
Records  article.started, article.written, article.published, article.withdrawn, article.changed, article.rated
Never    ranking (answers) or page chrome (web)
"""
