"""Every address that the portal answers, read from the resolver, so that none can be forgotten."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    callback: Any = field(compare=False)
    converters: dict[str, Any] = field(compare=False)

    @property
    def parameters(self) -> list[str]:
        return [*self.converters, *re.findall(r"\(\?P<(\w+)>", self.route)]

    @property
    def is_open(self) -> bool:
        """Exempt from LoginRequiredMiddleware."""
        return not getattr(self.callback, "login_required", True)

    def filled(self, values: dict[str, Any]) -> str:
        """The path with `values` for its parameters; raises KeyError with the parameter that has none."""
        path = re.sub(r"\(\?P<(\w+)>[^()]*\)", lambda group: str(values[group[1]]), self.route).replace("\\.", ".")
        for parameter, converter in self.converters.items():
            kind = next(part for part in (f"<{parameter}>", *_typed(path, parameter)) if part in path)
            path = path.replace(kind, str(converter.to_url(values[parameter])))
        return f"/{path}"


def _typed(path: str, parameter: str) -> list[str]:
    end = path.find(f":{parameter}>")
    return [path[path.rfind("<", 0, end) : end + len(parameter) + 2]] if end >= 0 else []


def addresses(urlconf: Any = None) -> list[Address]:
    return list(_walk(get_resolver(urlconf), prefix="", namespace="", converters={}))


def _walk(resolver, *, prefix, namespace, converters):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern).removeprefix("^").removesuffix("$")
        known = {**converters, **entry.pattern.converters}
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, prefix=route, namespace=inner, converters=known)
        elif isinstance(entry, URLPattern):
            yield Address(namespace + (entry.name or route), route, entry.callback, known)
