"""Who may sign in, as far as the directory has a say: not who has left."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from accounts.adapter import AccountAdapter
from accounts.models import User
from directory.record_owners import has_departed, link_on_sign_in


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Sessions of whoever left open nothing from that moment, in whatever process."""

    def get_user(self, user_id: Any) -> User | None:
        """Whoever a session is of, with their record, in one query; None if they left."""
        user = (
            User.objects.select_related("own_record__person__merged_into")
            .filter(pk=user_id)
            .first()
        )
        if user is None or not user.is_active or has_departed(user=user):
            return None
        return user


class SignInAdapter(AccountAdapter):
    """Whoever left is told so where they would have been let in."""

    def pre_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse | None:
        """The answer instead of a sign-in, if there is to be none."""
        if isinstance(user, User) and has_departed(user=user):
            response: HttpResponse = self.respond_user_inactive(request, user)
            return response
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer


def link_record(sender: Any, user: User, **kwargs: Any) -> None:
    """At every sign-in: the record may have come, or got its address, since the last."""
    link_on_sign_in(user=user)
