"""
The design system's stylesheet and script, built from the locked npm package into `.assets/`.

A service outside GOV.UK uses the design system without its branding: no crown or
crest, and not the font GDS Transport, which is licensed for GOV.UK alone. The
package is fetched once per lock file, in a temporary directory, and nothing of it runs.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

OLDEST_NODE_MAJOR = 18
#: Inside the npm package, and the names they get below the built static files.
BUILT_FILES = {
    "dist/govuk/govuk-frontend.min.css": "govuk/govuk-frontend.min.css",
    "dist/govuk/govuk-frontend.min.js": "govuk/govuk-frontend.min.js",
}
#: What must not be left in a built file.
BRANDING = ("@font-face", "GDS Transport", "url(/assets", "crest", "sourceMappingURL")

_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S+")
_FONT_FACE = re.compile(r"(/\*!(?:(?!\*/).)*\*/)?@font-face\{[^{}]*\}", re.DOTALL)
_CREST_RULE = re.compile(r"[^{}]*govuk-footer__(?:copyright-logo|crown)[^{}]*\{[^{}]*\}")
_EMPTY_BLOCK = re.compile(r"@[^{};]+\{\}")


class AssetsNotBuilt(Exception):
    """The stylesheet could not be built; the message says why and what to do, in one sentence."""


def ensure_assets(*, project: Path, report: Callable[[str], object] = print) -> Path:
    """
    The directory with the built static files, building them if the lock file has changed.

    Any number of processes may ask at once; one builds. `report` gets a line per slow step.

    :raises AssetsNotBuilt: if npm cannot be had or fails.
    """
    assets = project / ".assets"
    stamp = assets / "stamp"
    digest = _digest(project)
    if stamp.exists() and stamp.read_text() == digest:
        return assets / "static"
    assets.mkdir(exist_ok=True)
    with _one_at_a_time(assets / "lock"):
        if not stamp.exists() or stamp.read_text() != digest:
            _build(project=project, target=assets / "static", report=report)
            stamp.write_text(digest)
    return assets / "static"


def without_branding(text: str) -> str:
    """
    The file without font, crest and references to files that are not served.

    :raises AssetsNotBuilt: if some remain, which a new release of the package may bring about.
    """
    text = _SOURCE_MAP.sub("", text)
    text = _FONT_FACE.sub("", text)
    text = _CREST_RULE.sub("", text)
    text = text.replace("GDS Transport,", "")
    while _EMPTY_BLOCK.search(text):
        text = _EMPTY_BLOCK.sub("", text)
    left = [mark for mark in BRANDING if mark in text]
    if left:
        raise AssetsNotBuilt(
            f"The design system's files still contain {', '.join(left)}: "
            "teach directory/assets.py the rules of this release."
        )
    return text.strip() + "\n"


def _digest(project: Path) -> str:
    """Of everything that decides what is built: the lock file and this module."""
    lock = (project / "package-lock.json").read_bytes()
    return hashlib.sha256(lock + Path(__file__).read_bytes()).hexdigest()


@contextlib.contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(*, project: Path, target: Path, report: Callable[[str], object]) -> None:
    npm = _npm(project=project, report=report)
    report("Building the stylesheet ...")
    with tempfile.TemporaryDirectory(prefix="civil-directory-") as name:
        workplace = Path(name)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(project / file, workplace / file)
        _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], workplace)
        package = workplace / "node_modules" / "govuk-frontend"
        for source, destination in BUILT_FILES.items():
            built = target / destination
            built.parent.mkdir(parents=True, exist_ok=True)
            text = without_branding((package / source).read_text(encoding="utf-8"))
            unfinished = built.with_suffix(".unfinished")
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(built)


def _npm(*, project: Path, report: Callable[[str], object]) -> list[str]:
    """The command that runs npm: this machine's, else the pinned wheel's, installed now."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_major(node) >= OLDEST_NODE_MAJOR:
        return [npm]
    wheel_npm = Path(sys.executable).parent / "npm"
    if not wheel_npm.exists():
        report("Installing node for the stylesheet, once (60 MB) ...")
        requirements = str(project / "requirements-node.txt")
        pip = [
            sys.executable,
            "-m",
            "pip",
            "--quiet",
            "--disable-pip-version-check",
            "install",
        ]
        _run([*pip, "--require-hashes", "-r", requirements], project)
    return [str(wheel_npm)]


def _node_major(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.", answer.stdout)
    return int(found[1]) if found else 0


def _run(command: list[str], directory: Path) -> None:
    """Run it silently; its last lines are shown only if it fails."""
    # The script that the wheel installs looks for node beside the interpreter.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    done = subprocess.run(
        command,
        cwd=directory,
        env={
            **os.environ,
            "PATH": path,
            # Departments' proxies are trusted by the machine, not by what node brings along.
            "NODE_USE_SYSTEM_CA": "1",
            "npm_config_update_notifier": "false",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = " / ".join((done.stderr or done.stdout).strip().splitlines()[-3:])
        raise AssetsNotBuilt(
            f"{Path(command[0]).name} failed ({said}): "
            "check that this machine reaches its package index, then try again."
        )
