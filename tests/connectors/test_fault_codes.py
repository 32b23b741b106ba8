"""Every code that a connector can emit is documented for the people who must act on it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")

#: Codes of the sync stages, which see all rows of a delivery.
SYNC_CODES = {
    "duplicate_key",
    "email_conflict",
    "unknown_unit",
    "unknown_manager",
    "other_organisation",
    "job_share_differs",
    "reporting_loop",
    "suspected_key_reuse",
    "no_top_post",
    "reference_repaired",
    "eliminated_manager",
    "teams_parent_unknown",
}

#: Why a whole run fails, beside what its connector says.
RUN_CODES = {
    "row_count_mismatch",
    "stale_delivery",
    "stale_plan",
    "delivery_read_otherwise",
    "file_lost",
    "interrupted",
    "crashed",
}


def _documented() -> set[str]:
    text = (PROJECT / "docs" / "feeds.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE))


def _emitted() -> Iterator[str]:
    """Texts that the connectors' source passes as a code, or keeps in a table of codes."""
    for path in sorted((PROJECT / "directory" / "connectors").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "code":
                yield from _texts(node.value)
            if isinstance(node, ast.Assign | ast.AnnAssign):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                if isinstance(target, ast.Name) and node.value is not None:
                    yield from _tabled(target.id, node.value)


def _tabled(name: str, value: ast.expr) -> Iterator[str]:
    """The codes of a table: keys of the one kind, values of the other."""
    if name in ("_DOUBTS", "_HINTS") and isinstance(value, ast.Dict):
        for key in value.keys:
            yield from _texts(key) if key is not None else ()
    elif name == "_PURPOSE_CODES" and isinstance(value, ast.Dict):
        for item in value.values:
            yield from _texts(item)
    elif name == "_MAGIC":
        yield from _texts(value)


def _texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if (
            isinstance(part, ast.Constant)
            and isinstance(part.value, str)
            and (CODE.fullmatch(part.value) or part.value == "required")
        ):
            yield part.value


def test_every_code_is_documented() -> None:
    emitted = set(_emitted())
    assert {"unterminated_quote", "required", "two_names_in_cell", "looks_like_xlsx"} <= emitted
    assert (emitted | SYNC_CODES | RUN_CODES) - _documented() == set()
