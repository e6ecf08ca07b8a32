"""The room's tables, each in the file of its thing."""

from handrail.knowledge.article_files import ArticleFile
from handrail.knowledge.articles import Article
from handrail.knowledge.block_review import BlockRemark
from handrail.knowledge.block_uses import BlockUse
from handrail.knowledge.blocks import Block, BlockRevision, BlockText
from handrail.knowledge.faq import FaqEntry, FaqSet, FaqSetText
from handrail.knowledge.feedback import Feedback, Reading
from handrail.knowledge.imported import Imported
from handrail.knowledge.labelling import ArticleLabel
from handrail.knowledge.nesting import Dissolved
from handrail.knowledge.products import Product, ProductText, Topic, TopicText
from handrail.knowledge.readers import PersonReading
from handrail.knowledge.redirects import Redirect
from handrail.knowledge.remarks import Remark
from handrail.knowledge.revisions import Revision
from handrail.knowledge.scratch import Scratch
from handrail.knowledge.subscriptions import Notice, Subscription
from handrail.knowledge.synonyms import SynonymSet
from handrail.knowledge.transfers import Transfer
from handrail.knowledge.translations import Translation
from handrail.knowledge.troubleshooting.models import Troubleshooter, TroubleshooterVersion

__all__ = [
    "Article",
    "ArticleFile",
    "ArticleLabel",
    "Block",
    "BlockRemark",
    "BlockRevision",
    "BlockText",
    "BlockUse",
    "Dissolved",
    "FaqEntry",
    "FaqSet",
    "FaqSetText",
    "Feedback",
    "Imported",
    "Notice",
    "PersonReading",
    "Product",
    "ProductText",
    "Reading",
    "Redirect",
    "Remark",
    "Revision",
    "Scratch",
    "Subscription",
    "SynonymSet",
    "Topic",
    "TopicText",
    "Transfer",
    "Translation",
    "Troubleshooter",
    "TroubleshooterVersion",
]
