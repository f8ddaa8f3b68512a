"""``smallplaces people``: who may sign in, and as what."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from smallplaces_site.actions.admit import Place, admit, dismiss, password_link
from smallplaces_site.actions.admit import verify as confirm
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import emit, out
from smallplaces_site.people.models import Membership

people = typer.Typer(help="Accounts: add people to organisations, list them, end their roles.", no_args_is_help=True)
app.add_typer(people, name="people")


@people.command()
def add(
    email: Annotated[str, typer.Argument(help="The person's e-mail address.")],
    role: Annotated[str, typer.Option(help="admin, officer, head, contributor or commenter.")],
    organisation: Annotated[str, typer.Option(help="Name of the organisation; made when it is new.")],
    kind: Annotated[str, typer.Option(help="Of a new organisation: institution, local or civil.")] = "institution",
    state: Annotated[str, typer.Option(help="Of a new organisation: alpha-3 code. Default: the site's own.")] = "",
    place: Annotated[str, typer.Option(help="Of a local government: code of its place (see: smallplaces place).")] = "",
    name: Annotated[str, typer.Option(help="What the person signs as. Default: the organisation alone.")] = "",
    below: Annotated[bool, typer.Option("--below", help="The role reaches the places below its own too.")] = False,
) -> None:
    """Give a person a role, and print the link by which a password is set."""
    held = admit(email, role, organisation, Place(kind, state.upper(), place), name=name, below=below)
    out.print(f"{escape(held.user.email)} is {held.role} of {escape(held.organisation.name)}")
    if not held.user.has_usable_password():
        out.print("They set their password at:", password_link(held.user), soft_wrap=True)


@people.command("list")
def listed(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list.")] = False) -> None:
    """Show who has which role."""
    held = Membership.objects.filter(ended=None).select_related("user", "organisation").order_by("organisation__name")
    rows = [
        {
            "email": one.user.email,
            "name": one.user.name,
            "role": one.role,
            "organisation": one.organisation.name,
            "kind": one.organisation.kind,
            "state": one.organisation.state,
            "place": one.organisation.place,
            "below": one.below,
        }
        for one in held
    ]
    if as_json:
        emit(rows)
        return
    for row in rows:
        place = f" ({row['place']})" if row["place"] else ""
        out.print(escape(f"{row['email']}  {row['role']}  {row['organisation']}{place}"), highlight=False)
    if not rows:
        out.print("nobody yet; add the first: smallplaces people add ADDRESS --role admin --organisation NAME")


@people.command()
def verify(organisation: Annotated[str, typer.Argument(help="Name of a civil society organisation.")]) -> None:
    """Let a civil society organisation's words be seen by everybody."""
    out.print(f"verified {escape(confirm(organisation).name)}")


@people.command()
def end(
    email: Annotated[str, typer.Argument(help="The person's e-mail address.")],
    organisation: Annotated[str, typer.Option(help="Name of the organisation.")],
) -> None:
    """End a person's roles in an organisation. What they signed stays."""
    out.print(f"ended {dismiss(email, organisation)}")
