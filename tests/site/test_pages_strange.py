"""Addresses with a NUL, which PostgreSQL takes in no text: no page falls over them."""

from __future__ import annotations

import pytest
from django.test import Client

from smallplaces_site.actions.example import load_example

ADDRESSES = (
    "instruments/CRPD/19/?state=%00&kind=%00&body=%00",
    "instruments/CRPD/%00/",
    "states/XXE/threads/?q=%00&position=%00&theme=%00",
    "states/XXE/threads/%00/",
    "places/?q=%00&state=%00",
    "places/%00/",
    "glossary/?q=%00",
    "search?q=%00&without=%00",
    "documents/CRPD/C/XXE/CO/1/p/%00/",
    "documents/CRPD/C/XXE/CO/1/?text=%00&beside=%00",
    "states/XXE/recommendations/?position=%00&theme=%00",
    "bodies/%00/?kind=%00",
    "account/login/?next=%00",
)


@pytest.mark.django_db
@pytest.mark.usefixtures("static_files", "home")
def test_no_page_falls_over_a_nul() -> None:
    load_example()
    client = Client(raise_request_exception=False)
    answers = {address: client.get(f"/en/{address}").status_code for address in ADDRESSES}
    assert {address: code for address, code in answers.items() if code not in (200, 404)} == {}
