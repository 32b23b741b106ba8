"""Settings of a server that serves a benchmark's database, and an empty answer besides."""

import os

from directory.settings import *  # noqa: F403
from directory.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["BENCHMARK_DATABASE"]
DEBUG = False  # which would keep every statement
ROOT_URLCONF = "tests.benchmarks.served_urls"
