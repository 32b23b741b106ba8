"""Every address of the service, by the name of its route."""

from collections.abc import Iterator

from django.urls import URLResolver, get_resolver


def _routes(resolver: URLResolver, prefix: str = "/", space: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern).strip("^$")
        if isinstance(entry, URLResolver):
            yield from _routes(entry, path, f"{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}", path


#: `directory:person` to `/people/<uuid:person_id>`.
ROUTES = dict(_routes(get_resolver()))
