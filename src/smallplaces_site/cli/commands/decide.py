"""``smallplaces decide``: a person's word on a citation that a machine found."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from smallplaces.errors import NotFound
from smallplaces_site.actions.decide_citation import decide_citation
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, out
from smallplaces_site.corpus.read import documents
from smallplaces_site.corpus.read.citations import citations_of


@app.command()
def decide(
    document: Annotated[str, typer.Argument(help="The document that cites, by symbol or key.")],
    paragraph: Annotated[str, typer.Argument(help="Its paragraph: 42.")],
    words: Annotated[str, typer.Argument(help="The words of the citation, as they stand there.")],
    verdict: Annotated[str, typer.Argument(help="confirmed, rejected or replaced.")],
    who: Annotated[str, typer.Option(help="Who decides: signed below the decision.")],
    why: Annotated[str, typer.Option(help="The reason, in a few words.")] = "",
    target: Annotated[list[str] | None, typer.Option(help="Where it leads: “CRPD article 19”. Repeatable.")] = None,
    lang: Annotated[str, typer.Option(help="The language version. Default: English, else the first.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Confirm a citation, say that it is none, or say where it leads. No machine overwrites it."""
    done = decide_citation(
        _citation(document, paragraph, words, lang), verdict, who=who, why=why, targets=tuple(target or ())
    )
    if as_json:
        emit({"decision": done.decision, "verdict": done.verdict, "targets": list(done.targets)})
        return
    out.print(escape(f"{done.verdict}: {', '.join(done.targets) or 'leads nowhere'}"), highlight=False)


def _citation(document: str, paragraph: str, words: str, lang: str) -> int:
    """The id of the citation with these words. Raises :class:`NotFound`, naming those that are there."""
    edition = documents.work(document).best_edition(lang or "en")
    if edition is None:
        raise NotFound("the store knows this document but holds no text of it", where=document)
    shown = documents.paragraph(edition.id, paragraph)
    there = citations_of([shown.id]).get(shown.id, [])
    found = next((view.id for view in there if view.text == words.strip()), None)
    if found is None:
        known = "; ".join(dict.fromkeys(view.text for view in there)) or "none"
        raise NotFound(f"no citation reads so; there are: {known}", where=f"{document}, para. {paragraph}")
    return found
