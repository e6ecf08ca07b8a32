"""Knowledge base: what we know, in each language, for whom, and whether it helped.

Tables   Product, ProductText, Topic, TopicText, Article, Translation, Revision, FaqSet, FaqSetText, FaqEntry,
         Feedback, Reading, Redirect, Dissolved, Remark, Scratch, ArticleFile, Imported, Transfer,
         ArticleLabel, SynonymSet, Subscription, Notice, Block, BlockText, BlockRevision, BlockUse, BlockRemark
Verbs    Article.start, Article.write, Article.restore, Article.show_to, Article.move, Article.pin, Article.change_kind,
         Article.relate, Article.give_to, Article.check_again, Article.confirm, Article.archive, Article.bring_back,
         Article.label_as, ArticleLabel.call, Article.end_at,
         Translation.ask_for_review, .request_changes, .approve, .remark, .schedule, .unschedule, .publish, .withdraw, .hold,
         ArticleFile.attach, Block.start, Block.write, .show_to, .wish_for, .take_wish_back, .rename, BlockText.publish, .withdraw, .send_back,
         Product.offer, Product.change, Product.put, Product.put_away, Product.bring_back,
         Topic.offer, Topic.put, Topic.dissolve, placing.place, FaqSet.offer, FaqSet.put,
         SynonymSet.keep, Subscription.ask, .confirm, .leave, Transfer.ask, feedback.give, importing.run, exporting.*.export
Records  article.started, article.written, article.restored, article.review_asked, article.changes_asked,
         article.approved, article.scheduled, article.unscheduled, article.published, article.withdrawn, article.archived,
         article.brought_back, article.given, article.check_planned, article.check_due, article.checked, article.outdated,
         article.translation_held, article.changed, article.rated, topic.moved, topic.dissolved, product.moved,
         product.put_away, product.brought_back, faq.moved,
         label.called, synonyms.kept, synonyms.dropped, subscription.asked, subscription.confirmed, subscription.left, transfer.asked,
         block.started, block.written, block.published, block.withdrawn, block.changed,
         block.changes_asked
Offers   reading.read (what a viewer gets of a text: every page, feed and export asks it), reading.parts (for search)
Decides  who reads what: audiences.readable_by, and nothing else (tests/leaks)
Never    ranking (answers) or page chrome (web)

tied_words lets the words a higher room ties to articles leave and come in with them.
undescribed tells the pictures an author neither described nor called decoration; review and publishing name them and hold nothing up.
troubleshooting holds Troubleshooter and TroubleshooterVersion with .start, .draw, .ask_for_review, .publish, .withdraw, .restore, .solved; it records
troubleshooter.started, .drawn, .review_asked, .published, .withdrawn and .solved.
"""
