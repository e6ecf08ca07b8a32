"""Knowledge base: what we know, in each language, for whom, and whether it helped.

Tables   Product, ProductText, Topic, TopicText, Article, Translation, Revision, FaqSet, FaqSetText, FaqEntry,
         Feedback, Reading, Redirect, Dissolved, Remark, Scratch, ArticleFile, Imported
Verbs    Article.start, Article.write, Article.restore, Article.show_to, Article.move, Article.pin, Article.change_kind,
         Article.relate, Article.give_to, Article.check_again, Article.confirm, Article.archive, Article.bring_back,
         Translation.ask_for_review, .request_changes, .approve, .remark, .schedule, .unschedule, .publish, .withdraw, .hold,
         ArticleFile.attach, Product.offer, Product.put, Topic.offer, Topic.put, Topic.dissolve, placing.place, FaqSet.offer,
         feedback.give, importing.run
Records  article.started, article.written, article.restored, article.review_asked, article.changes_asked,
         article.approved, article.scheduled, article.unscheduled, article.published, article.withdrawn, article.archived,
         article.brought_back, article.given, article.check_planned, article.check_due, article.checked, article.outdated,
         article.translation_held, article.changed, article.rated, topic.moved, topic.dissolved, product.moved
Decides  who reads what: audiences.readable_by, and nothing else (tests/leaks)
Never    ranking (answers) or page chrome (web)

troubleshooting holds Troubleshooter and TroubleshooterVersion with .start, .draw, .publish, .withdraw, .restore, .solved; it records
troubleshooter.started, .drawn, .published, .withdrawn and .solved.
"""
