"""``smallplaces decide-competence``, ``decide-label`` and ``corrections``: people's word on what a machine claimed."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from smallplaces.errors import NotFound
from smallplaces_site.actions.decide_competence import Chosen, decide_competence
from smallplaces_site.actions.decide_label import Named, decide_label
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, out
from smallplaces_site.corpus.read import documents
from smallplaces_site.local.export import corrections as corrected
from smallplaces_site.local.read import competence_of, labels_of

Document = Annotated[str, typer.Argument(help="The document, by symbol or key.")]
Para = Annotated[str, typer.Argument(help="Its paragraph: 42.")]
Who = Annotated[str, typer.Option(help="Who decides: signed below the decision.")]
Why = Annotated[str, typer.Option(help="The reason, in a few words.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command("decide-competence")
def competence(
    document: Document,
    paragraph: Para,
    verdict: Annotated[str, typer.Argument(help="confirmed, corrected, rejected (not clear) or withdrawn.")],
    who: Who,
    why: Why = "",
    level: Annotated[
        str, typer.Option(help="national, shared, local, province, municipality or education: when corrected.")
    ] = "",
    head: Annotated[str, typer.Option(help="Code of the head of competence.")] = "",
    department: Annotated[str, typer.Option(help="Code of the department.")] = "",
    place: Annotated[
        str, typer.Option(help="A local government that says so of itself. Default: the institution.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Say whose a demand is. No machine overwrites it."""
    row = _paragraph(document, paragraph)
    chosen = Chosen(level, head, department)
    made = decide_competence(row, verdict, who=who, why=why, chosen=chosen, place=place)
    now = competence_of([row])[row]
    if as_json:
        emit({"decision": made, "verdict": verdict, "level": now.level, "head": now.head, "department": now.department})
        return
    out.print(escape(f"{verdict}: {now.level}, {now.department or 'no department'}"), highlight=False)


@app.command("decide-label")
def label(
    document: Document,
    paragraph: Para,
    name: Annotated[str, typer.Argument(help="The label as facet/scheme/label: theme/uhri/Housing. Empty to add one.")],
    verdict: Annotated[str, typer.Argument(help="confirmed, rejected, corrected or withdrawn.")],
    who: Who,
    why: Why = "",
    instead: Annotated[str, typer.Option(help="The label that holds in its place: when corrected.")] = "",
    as_json: Json = False,
) -> None:
    """Say whether a label is right. Training learns from it, and nothing overwrites it."""
    row = _paragraph(document, paragraph)
    facet, scheme, spelled = (*name.split("/", 2), "", "")[:3]
    made = decide_label(row, Named(facet, scheme, spelled), verdict, who=who, why=why, instead=instead)
    holding = [one.label for one in labels_of([row]).get(row, ()) if one.facet == facet and one.holds]
    if as_json:
        emit({"decision": made, "verdict": verdict, "labels": holding})
        return
    out.print(escape(f"{verdict}: {'; '.join(holding) or 'no label holds'}"), highlight=False)


@app.command()
def corrections(
    state: Annotated[str, typer.Option(help="Only decisions on demands to this State (alpha-3).")] = "",
) -> None:
    """Print what people decided of claims as JSON lines, for whoever writes the rules."""
    for line in corrected(state.upper()):
        emit(line)


def _paragraph(document: str, number: str) -> int:
    edition = documents.work(document).best_edition("en")
    if edition is None:
        raise NotFound("the store knows this document but holds no text of it", where=document)
    return documents.paragraph(edition.id, number).id
