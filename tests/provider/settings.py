"""A second instance of the project, which besides vouches for its users as a provider."""

import os

from directory.settings import *  # noqa: F403 - the whole point

ROOT_URLCONF = "tests.provider.urls"
IDP_OIDC_PRIVATE_KEY = os.environ["PROVIDER_KEY"]
