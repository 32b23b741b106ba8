"""Asking for a sign-in code."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import RequestLoginCodeForm as AllauthForm
from allauth.account.models import EmailAddress
from allauth.core import context
from django import forms
from django.utils import timezone

from accounts.addresses import NotAnAddress, canonical_address
from accounts.admission import may_sign_in
from accounts.budgets import Budget, Overspent, spend
from accounts.models import User


class RequestLoginCodeForm(AllauthForm):  # type: ignore[misc]
    """
    Finds, or makes, the user of an allowed address.

    A refused address is accepted in silence: it gets the same page and no mail.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = forms.EmailField(
            label="Your work e-mail address",
            error_messages={
                "required": "Enter your work e-mail address",
                "invalid": "Enter an e-mail address in the correct format, "
                "like name@department.gov.uk",
            },
        )

    def clean_email(self) -> str:
        self._user: User | None = None
        typed: str = self.cleaned_data["email"]
        try:
            address = canonical_address(typed)
        except NotAnAddress:
            address = typed.lower()
        try:
            spend_on_code(address=address, asked_from=get_adapter().get_client_ip(context.request))
        except Overspent:
            raise get_adapter().validation_error("too_many_login_attempts") from None
        if may_sign_in(address=address):
            user = User.objects.known_by(address)
            # What the code will prove: without this row allauth forgets that it did.
            EmailAddress.objects.get_or_create(user=user, email=address, defaults={"primary": True})
            self._user = user if user.is_active else None
        return address


def spend_on_code(*, address: str, asked_from: str) -> None:
    """
    Count a request for a code, for its mailbox and for where it came from.

    Whether the address may sign in makes no difference, so nobody learns it from being refused.

    :raises Overspent: if either asked too often.
    """
    now = timezone.now()
    for who, limit, seconds in ((asked_from, 20, 60), (address, 3, 60), (address, 8, 3600)):
        budget = Budget(name="sign-in codes", limit=limit, seconds=seconds)
        spend(who=who, budget=budget, now=now)
