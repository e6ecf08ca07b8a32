"""Sign-in accounts, and the tokens that stand for a person; teams stand in teams.py."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from handrail.accounts.policy import rights_of
from handrail.accounts.teams import Membership, Team
from handrail.core import clock
from handrail.core.actors import Actor, CanAct
from handrail.core.alphabetical import Alphabetical
from handrail.core.events.ledger import record
from handrail.core.ids import fingerprint, random_id

__all__ = ["Membership", "Role", "SignInLink", "Team", "Token", "User"]

LINK_LIVES = timedelta(hours=1)
OWN_CHOICES = frozenset(
    {
        "name",
        "locale",
        "zone",
        "theme",
        "day_hours",
        "density",
        "writes_first",
        "undo_seconds",
        "after_sending",
        "unassigned_order",
        "sends_as",
        "signature",
    }
)


class Role(models.TextChoices):
    """What a sign-in account may do; the rights of each stand in policy.py. Customers have none of these."""

    CUSTOMER = "", _("Customer")
    AUTHOR = "author", _("Author")
    REVIEWER = "reviewer", _("Reviewer")
    AGENT = "agent", _("Agent")
    MANAGER = "manager", _("Manager")
    ADMIN = "admin", _("Administrator")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields: Any) -> User:
        return self.create_user(email, password, role=Role.ADMIN, is_superuser=True, **fields)

    def staff(self) -> models.QuerySet[User]:
        """Active people who work here, by name (가나다)."""
        return self.exclude(role=Role.CUSTOMER).filter(is_active=True).order_by(Alphabetical("name"), "pk")

    def who_may(self, right: str) -> models.QuerySet[User]:
        """Those of the staff whose role holds `right`."""
        return self.staff().filter(role__in=[role for role in Role.values if right in rights_of(role)])


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who can sign in: staff with a role, or a customer who chose a password."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=10, choices=Role.choices, blank=True, default=Role.CUSTOMER)
    locale = models.CharField(max_length=5, default="ko")
    zone = models.CharField(max_length=40, default="Asia/Seoul")
    theme = models.CharField(max_length=6, default="auto")
    day_hours = models.CharField(max_length=2, default="12", help_text="counted to 12 or 24")
    density = models.CharField(max_length=5, default="calm", help_text="calm or dense")
    writes_first = models.CharField(
        max_length=5, default="reply", help_text="reply or note: what the composer opens with"
    )
    undo_seconds = models.PositiveSmallIntegerField(
        default=15, help_text="for how long a sent reply can be taken back; 0 for not at all"
    )
    after_sending = models.CharField(
        max_length=4, default="next", help_text="next or stay: where sending from a list leads"
    )
    unassigned_order = models.CharField(
        max_length=6,
        default="newest",
        help_text="newest, oldest or urgent: what stands first among the unassigned",
    )
    sends_as = models.CharField(
        max_length=20,
        blank=True,
        db_default="",
        default="",
        help_text="the status their last reply set; empty for none",
    )
    signature = models.CharField(
        max_length=1000, blank=True, help_text="below their mails, with placeholders; empty: the mailbox's"
    )
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        return bool(self.role)

    @transaction.atomic
    def set_up(self, *, by: CanAct, **choices: str | int) -> None:
        """Keep a colleague's own choices, any of OWN_CHOICES. Raises KeyError for another field."""
        if unknown := set(choices) - OWN_CHOICES:
            raise KeyError(f"{sorted(unknown)} are not for a colleague to choose.")
        changed = sorted(name for name, value in choices.items() if getattr(self, name) != value)
        for name in changed:
            setattr(self, name, choices[name])
        if changed:
            self.save(update_fields=changed)
            record("account.changed", self, by=by, fields=changed)

    def as_actor(self) -> Actor:
        # Staff act as themselves; a customer acts as the person contacts knows, see Viewer.
        return Actor("staff" if self.role else "account", self.pk)


class Token(models.Model):
    """An API token: shown once, kept as a fingerprint, acts as its user with the scopes named."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def issue(cls, user: User, *, name: str, scopes: list[str], by: CanAct) -> tuple[Token, str]:
        """Make a token and return it with its secret, which nobody can read again."""
        secret = "hr_" + random_id()
        token = cls.objects.create(user=user, name=name, fingerprint=fingerprint(secret), scopes=scopes)
        record("token.issued", token, by=by, user=user.pk)
        return token, secret

    @classmethod
    def of(cls, secret: str) -> Token | None:
        """The live token with this secret, or None."""
        live = models.Q(expires_at=None) | models.Q(expires_at__gt=clock.now())
        found = cls.objects.filter(
            live, fingerprint=fingerprint(secret), revoked_at=None, user__is_active=True
        )
        return found.select_related("user").first() if secret else None


class SignInLink(models.Model):
    """A one-time link sent to an address. Opening it shows a button; pressing the button redeems it."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in"
        ONE_CONVERSATION = "one_conversation"

    email = models.EmailField()
    purpose = models.CharField(max_length=20, choices=Purpose.choices, default=Purpose.SIGN_IN)
    # The conversation a guest link opens; rooms above know what the number means.
    conversation_id = models.BigIntegerField(null=True)
    fingerprint = models.CharField(max_length=64, unique=True)
    next_path = models.CharField(max_length=300, blank=True)
    locale = models.CharField(max_length=5, default="ko")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    redeemed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["email", "-created_at"], name="links_of_address")]

    def __str__(self) -> str:
        return f"{self.purpose} for {self.email}"

    @classmethod
    @transaction.atomic
    def issue(
        cls,
        email: str,
        *,
        by: CanAct,
        purpose: str = Purpose.SIGN_IN,
        conversation_id: int | None = None,
        next_path: str = "",
        locale: str = "ko",
        lives: timedelta = LINK_LIVES,
    ) -> tuple[SignInLink, str]:
        """Make a link for an address and return it with its secret."""
        secret = random_id()
        link = cls.objects.create(
            email=email.strip().lower(),
            purpose=purpose,
            conversation_id=conversation_id,
            next_path=next_path,
            locale=locale,
            fingerprint=fingerprint(secret),
            expires_at=clock.now() + lives,
        )
        record("link.issued", link, by=by, purpose=purpose)
        return link, secret

    @classmethod
    def live(cls, secret: str) -> SignInLink | None:
        """The unused, unexpired link with this secret, or None. Looking does not use it up."""
        if not secret.strip():
            return None
        return cls.objects.filter(
            fingerprint=fingerprint(secret), redeemed_at=None, expires_at__gt=clock.now()
        ).first()

    @transaction.atomic
    def redeem(self, *, by: CanAct) -> bool:
        """Use the link up. False: someone was quicker, or it has expired."""
        live = SignInLink.objects.filter(pk=self.pk, redeemed_at=None, expires_at__gt=clock.now())
        if not live.update(redeemed_at=clock.now()):
            return False
        record("link.redeemed", self, by=by, purpose=self.purpose)
        return True
