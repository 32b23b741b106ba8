"""
The environment variables this project reads, and what is wrong with them in one sentence.

Every variable is named here and nowhere else. `ENVIRONMENT` is `development`
(the default: nothing else has to be set) or `production`, which accepts neither
generated keys nor the local database server.
"""

from directory.environment.read import Environment, read_environment
from directory.environment.secret_key import generated_secret_key
from directory.environment.values import WrongSetting

__all__ = ["Environment", "WrongSetting", "generated_secret_key", "read_environment"]
