"""``smallplaces send`` and ``smallplaces outbox``: letters and calls on their way."""

from __future__ import annotations

import time
from typing import Annotated

import typer
from rich.markup import escape

from smallplaces_site.actions.call_hooks import call_hooks
from smallplaces_site.actions.follow import forget_ended
from smallplaces_site.actions.send_mail import forget_sent, retry_letters, send_letters
from smallplaces_site.actions.tell import tell
from smallplaces_site.alerts.models import Letter
from smallplaces_site.cli.app import app
from smallplaces_site.cli.output import Exit, emit, out

outbox = typer.Typer(help="The letters that wait, went out or were given up.", no_args_is_help=True)
app.add_typer(outbox, name="outbox")


@app.command()
def send(
    every: Annotated[int, typer.Option(help="Go on, and look again after so many seconds. 0: once.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a round.")] = False,
) -> None:
    """Send what is due: daily and weekly letters, letters that wait, calls of webhooks. For cron, or with --every."""
    while True:
        told, letters, calls = tell(), send_letters(), call_hooks()
        forget_sent()
        forget_ended()
        if as_json:
            emit({"told": told, "letters": letters, "calls": calls})
        else:
            out.print(f"letters: {letters.sent} sent, {letters.later} to be tried later, {letters.failed} given up")
            out.print(f"calls: {calls.done} made, {calls.later} to be tried later, {calls.off} switched off")
        if not every:
            break
        time.sleep(every)
    if letters.later or letters.failed or calls.later or calls.off:
        raise typer.Exit(Exit.REFUSED)


@outbox.command("list")
def listed(
    state: Annotated[str, typer.Option(help="waiting, sent or failed. Default: all but sent.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list.")] = False,
) -> None:
    """Show the letters of the outbox, oldest first."""
    found = Letter.objects.filter(state=state) if state else Letter.objects.exclude(state=Letter.State.SENT)
    rows = found.order_by("pk").values("key", "address", "lang", "subject", "state", "attempts", "due", "sent", "error")
    if as_json:
        emit(list(rows))
        return
    for row in rows:
        error = f"  {row['error']}" if row["error"] else ""
        out.print(escape(f"{row['state']:<8} {row['key']}  {row['address']}{error}"), highlight=False)
    if not rows:
        out.print("nothing is waiting")


@outbox.command()
def retry(
    key: Annotated[list[str] | None, typer.Argument(help="Keys of letters that were given up. Default: all.")] = None,
) -> None:
    """Have letters tried again that were given up."""
    out.print(f"{retry_letters(key)} to be tried again by `smallplaces send`")
