"""The people and machines that may ask."""

from typing import ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower, Now

from accounts.addresses import canonical_address

#: Reserved by RFC 2606: no mail ever arrives there, so no code can be sent to a machine.
MACHINE_DOMAIN = "machines.invalid"


class UserManager(BaseUserManager["User"]):
    """Makes users by their address; nobody has a password."""

    use_in_migrations = True

    def known_by(self, email: str) -> "User":
        """
        The user with this address, made if there is none.

        :raises NotAnAddress: if the text cannot be one.
        """
        user, _ = self.get_or_create(
            email=canonical_address(email), defaults={"password": make_password(None)}
        )
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this address, however its letters are cased."""
        return self.get(email=(username or "").lower())


class User(AbstractUser):
    """Somebody who signs in, or the machine behind one credential, known by e-mail address."""

    username = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"
            ),
            models.CheckConstraint(condition=~models.Q(email=""), name="user_has_an_email"),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_machine(self) -> bool:
        """Whether this is the user behind a credential, who can never sign in."""
        return self.email.endswith(f"@{MACHINE_DOMAIN}")


class Session(AbstractBaseSession):
    """
    One browser in which somebody signed in, or is about to; see `accounts.sessions`.

    session_key: the digest of what the browser's cookie says. browser: as it names itself.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    browser = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField(db_default=Now())


class Spending(models.Model):
    """
    What somebody spent of a budget in one span of time: see `accounts.budgets`.

    key: digest of who, and of what. began_at: when the span began.
    """

    pk = models.CompositePrimaryKey("key", "began_at")
    key = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    spent = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["began_at"], name="spending_by_age")]

    def __str__(self) -> str:
        return f"{self.spent} since {self.began_at}"
