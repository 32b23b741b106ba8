"""The key that signs sessions and links."""

import secrets
from collections.abc import Mapping
from pathlib import Path

from directory.environment.values import WrongSetting

SECRET_KEY_CHARACTERS = 50


def generated_secret_key(*, state_dir: Path) -> str:
    """
    The key of this working copy, made at its first start and readable by its owner alone.

    :raises WrongSetting: if the state directory cannot be used.
    """
    path = state_dir / "secret_key"
    try:
        if not state_dir.exists():
            state_dir.mkdir(parents=True, exist_ok=True)
            state_dir.chmod(0o755)
        try:
            # Whole at once under its final name, so that two first starts agree on one key.
            fresh = state_dir / f".secret_key.{secrets.token_hex(8)}"
            if not path.exists():
                fresh.touch(mode=0o600)
                fresh.write_text(secrets.token_urlsafe(64))
                path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink(missing_ok=True)
        return path.read_text()
    except OSError as error:
        raise WrongSetting(
            f"STATE_DIR: {state_dir} cannot be used ({error.strerror}); set it to a directory "
            "this account may write to, or set SECRET_KEY and DATABASE_URL."
        ) from error


def secret_key_from(values: Mapping[str, str], *, is_production: bool, state_dir: Path) -> str:
    """The key that is set; in development one of this working copy's own where none is."""
    given = values.get("SECRET_KEY")
    if given is None and not is_production:
        return generated_secret_key(state_dir=state_dir)
    if given is None or (is_production and len(given) < SECRET_KEY_CHARACTERS):
        raise WrongSetting(
            f"SECRET_KEY is {'too short' if given else 'missing'}: set it to "
            f"{SECRET_KEY_CHARACTERS} or more random characters and keep it secret."
        )
    return given
