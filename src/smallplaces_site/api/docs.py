"""A plain page about the interface, made from its own description. It loads nothing from anywhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from smallplaces_site.api.main import api

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}: the API</title>
<main><h1>{title}: the API</h1>
<p>{description}</p>
<p>The whole contract: <a href="openapi.json">openapi.json</a></p>
{operations}</main></html>
"""


def page(request: HttpRequest) -> HttpResponse:
    """Every address with its parameters."""
    description: Any = api.get_openapi_schema()
    html = format_html(
        _PAGE,
        title=description["info"]["title"],
        description=description["info"]["description"],
        operations=format_html_join("", "{}", ((_operation(p, o["get"]),) for p, o in description["paths"].items())),
    )
    return HttpResponse(html)


def _operation(path: str, operation: dict[str, Any]) -> SafeString:
    rows = format_html_join(
        "",
        "<tr><th scope=row><code>{}</code></th><td>{}</td><td>{}</td></tr>",
        (
            (one["name"], _type(one["schema"]), one.get("description") or one["schema"].get("description", ""))
            for one in operation.get("parameters", ())
        ),
    )
    head = "<thead><tr><th scope=col>parameter</th><th scope=col>type</th><th scope=col>meaning</th></tr></thead>"
    table = format_html("<table>" + head + "<tbody>{}</tbody></table>", rows) if rows else ""
    return format_html(
        "<section><h2>{}</h2><p><code>GET {}</code></p><p>{}</p>{}</section>",
        operation["summary"],
        path,
        operation["description"],
        table,
    )


def _type(schema: dict[str, Any]) -> str:
    """The type and its bounds in words."""
    if "anyOf" in schema:
        return _type(next(one for one in schema["anyOf"] if one.get("type") != "null"))
    name = "text, repeatable" if schema["type"] == "array" else {"string": "text"}.get(schema["type"], schema["type"])
    if "enum" in schema:
        name = " or ".join(schema["enum"])
    bounds = [str(schema[bound]) for bound in ("minimum", "maximum") if bound in schema]
    return f"{name}, {' to '.join(bounds)}" if len(bounds) == 2 else name
