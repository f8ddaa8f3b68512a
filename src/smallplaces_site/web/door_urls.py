"""The addresses of doors: procedures, days of a State, what a place can do, and their calendars."""

from __future__ import annotations

from django.urls import path

from smallplaces_site.web.views import door_events, doors

urlpatterns = [
    path("doors/", doors.index, name="doors"),
    path("doors/standing/", doors.standing, name="door-standing"),
    path("doors/<str:code>/", doors.door, name="door"),
    path("states/<str:code>/doors/", doors.of_state, name="state-doors"),
    path("states/<str:code>/doors.ics", doors.state_calendar, name="state-doors-ics"),
    path("states/<str:code>/doors/new/", door_events.new, name="door-event-new"),
    path("states/<str:code>/doors/table/", door_events.table, name="door-event-table"),
    path("states/<str:code>/doors/move/<path:key>/", door_events.move, name="door-event-move"),
    path("states/<str:code>/doors/off/<path:key>/", door_events.off, name="door-event-off"),
    path("states/<str:code>/doors/event/<path:key>/", door_events.event, name="door-event"),
    path("places/<str:code>/doors/", doors.of_place, name="place-doors"),
    path("places/<str:code>/doors.ics", doors.place_calendar, name="place-doors-ics"),
]
