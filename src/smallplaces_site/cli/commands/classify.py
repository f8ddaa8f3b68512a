"""``smallplaces classify`` and ``smallplaces train``: what paragraphs are and speak of."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from smallplaces.errors import BadFile, BadInput
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import Exit, emit, err, out, table

# scikit-learn takes a second to load: only these commands load it.
if TYPE_CHECKING:
    from smallplaces.enrich.classify import Model


@app.command()
def classify(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
    upr: Annotated[bool, typer.Option(help="All lines are recommendations of Universal Periodic Reviews.")] = False,
    models: Annotated[bool, typer.Option(help="Use trained models, where there are any.")] = True,
) -> None:
    """Read JSON lines {"id", "text", "lang"} from standard input and print the kind and labels of each."""
    able = _models() if models else ()
    refused = False
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        answer = _answer(line, number, able, upr=upr)
        refused |= "error" in answer
        if as_json:
            emit(answer)
        else:
            out.print(escape(_said(answer)), highlight=False)
    if refused:
        raise typer.Exit(Exit.REFUSED)


@app.command()
def train(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list.")] = False) -> None:
    """Train models from the labels in the store: themes, kinds of action, groups. Written to the home folder."""
    from smallplaces_site.actions.train import train_models  # noqa: PLC0415 (takes seconds)

    made = train_models(lambda line: err.print(escape(line), highlight=False))
    if as_json:
        emit([model.about for model in made])
        return
    rows: list[list[Any]] = [
        [one.name, one.examples, len(one.labels), f"{one.metrics['micro']:.3f}", f"{one.metrics['macro']:.3f}"]
        for one in (model.about for model in made)
    ]
    table("", ["model", "examples", "labels", "micro F1", "macro F1"], rows, numbers=(1, 2, 3, 4))


def _models() -> tuple[Model, ...]:
    """Every model that can be used; one that cannot is said, and rules stand in for it."""
    from smallplaces.enrich.classify import load  # noqa: PLC0415 (takes seconds)
    from smallplaces_site.actions.train import models_folder  # noqa: PLC0415 (takes seconds)

    found = []
    for path in sorted(models_folder().glob("*.npz")):
        try:
            found.append(load(path))
        except BadFile as error:
            err.print(escape(f"not used: {error}"), highlight=False)
    return tuple(found)


def _answer(line: bytes, number: int, models: tuple[Model, ...], *, upr: bool) -> dict[str, Any]:
    from smallplaces.enrich import classify as classifying  # noqa: PLC0415 (takes seconds)

    given: Any = None
    try:
        given = json.loads(line)
        if not isinstance(given, dict) or not isinstance(given.get("text"), str):
            raise BadInput('expected an object with "text"')
        lang = given.get("lang") or ""
        if not isinstance(lang, str):
            raise BadInput('"lang" is not a text')
        found = classifying.classify(given["text"], lang, upr=upr or given.get("upr") is True, models=models)
    except (BadInput, ValueError, RecursionError) as error:
        name = given.get("id") if isinstance(given, dict) else None
        return {"id": name, "line": number, "error": f"not JSON: {error}" if given is None else str(error)}
    return {"id": given.get("id"), **found.as_json()}


def _said(answer: dict[str, Any]) -> str:
    if "error" in answer:
        return f"line {answer['line']}: {answer['error']}"
    labels = (f"{one['label']} ({', '.join(one['evidence'])})" for name in ("themes", "groups") for one in answer[name])
    return f"{answer['id']}  {answer['kind']}: {'; '.join(dict.fromkeys(labels)) or 'nothing recognised'}"
