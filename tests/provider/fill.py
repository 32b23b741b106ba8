"""Makes the second instance's users and client: `python -m tests.provider.fill URI`."""

import sys

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402 - the settings first
from allauth.idp.oidc.models import Client  # noqa: E402

from accounts.demo_links import demo_link  # noqa: E402
from accounts.models import User  # noqa: E402
from tests.provider.client import CLIENT_ID, CLIENT_SECRET  # noqa: E402


def fill(*, redirect_uri: str) -> None:
    """The client, and a user for each kind of address; prints a link that signs each of them in."""
    client = Client(id=CLIENT_ID, name="Civil Directory", skip_consent=True)
    client.set_secret(CLIENT_SECRET)
    client.set_scopes(["openid", "profile", "email"])
    client.set_redirect_uris([redirect_uri])
    client.save()
    for address, verified in (
        ("ann.smith@example.gov.uk", True),
        ("bo.lind@example.gov.uk", False),
        ("cy.gray@elsewhere.example", True),
    ):
        user = User.objects.known_by(address)
        EmailAddress.objects.create(user=user, email=address, verified=verified, primary=True)
        print(address, demo_link(user=user))


if __name__ == "__main__":
    fill(redirect_uri=sys.argv[1])
