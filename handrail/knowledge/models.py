"""The room's tables, each in the file of its thing."""

from handrail.knowledge.article_files import ArticleFile
from handrail.knowledge.articles import Article
from handrail.knowledge.faq import FaqEntry, FaqSet, FaqSetText
from handrail.knowledge.feedback import Feedback, Reading
from handrail.knowledge.imported import Imported
from handrail.knowledge.nesting import Dissolved
from handrail.knowledge.products import Product, ProductText, Topic, TopicText
from handrail.knowledge.redirects import Redirect
from handrail.knowledge.remarks import Remark
from handrail.knowledge.revisions import Revision
from handrail.knowledge.scratch import Scratch
from handrail.knowledge.translations import Translation
from handrail.knowledge.troubleshooting.models import Troubleshooter, TroubleshooterVersion

__all__ = [
    "Article",
    "ArticleFile",
    "Dissolved",
    "FaqEntry",
    "FaqSet",
    "FaqSetText",
    "Feedback",
    "Imported",
    "Product",
    "ProductText",
    "Reading",
    "Redirect",
    "Remark",
    "Revision",
    "Scratch",
    "Topic",
    "TopicText",
    "Translation",
    "Troubleshooter",
    "TroubleshooterVersion",
]
