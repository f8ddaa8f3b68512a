"""The addresses of follow-up."""

from __future__ import annotations

from django.urls import path

from smallplaces_site.web.views import followup, followup_item, followup_start, followup_transfer, followup_write

urlpatterns = [
    path("places/<str:code>/follow-up/", followup.of_place, name="followup_place"),
    path("states/<str:code>/follow-up/", followup.of_state, name="followup_state"),
    path("places/<str:code>/follow-up/import/", followup_transfer.into_place, name="followup_import_place"),
    path("states/<str:code>/follow-up/import/", followup_transfer.into_state, name="followup_import_state"),
    path("follow-up/start/", followup_start.start, name="followup_start"),
    path("follow-up/group/", followup_start.cluster, name="followup_cluster"),
    path("follow-up/<int:pk>/", followup_item.item, name="followup_item"),
    path("follow-up/<int:pk>/history/", followup_item.history, name="followup_history"),
    path("follow-up/<int:pk>/edit/", followup_write.edit, name="followup_edit"),
    path("follow-up/<int:pk>/end/", followup_write.end, name="followup_end"),
    path("follow-up/<int:pk>/say/<str:voice>/", followup_write.say, name="followup_say"),
    path("follow-up/<int:pk>/grade/", followup_write.grade, name="followup_grade"),
    path("follow-up/<int:pk>/action/", followup_write.new_action, name="followup_new_action"),
    path("follow-up/<int:pk>/indicator/", followup_write.new_indicator, name="followup_new_indicator"),
    path("follow-up/actions/<int:pk>/", followup_item.action, name="followup_action"),
    path("follow-up/actions/<int:pk>/edit/", followup_write.edit_action, name="followup_edit_action"),
    path("follow-up/actions/<int:pk>/move/", followup_write.move, name="followup_move"),
    path("follow-up/actions/<int:pk>/due/", followup_write.due, name="followup_due"),
    path("follow-up/actions/<int:pk>/evidence/", followup_write.evidence, name="followup_evidence"),
    path("follow-up/due/<int:pk>/met/", followup_write.met, name="followup_met"),
    path("follow-up/evidence/<int:pk>/file/", followup_item.evidence_file, name="followup_file"),
    path("follow-up/evidence/<int:pk>/withdraw/", followup_write.withdraw_evidence, name="followup_withdraw"),
    path("follow-up/indicators/<int:pk>/", followup_item.indicator, name="followup_indicator"),
    path("follow-up/indicators/<int:pk>/edit/", followup_write.edit_indicator, name="followup_edit_indicator"),
    path("follow-up/indicators/<int:pk>/value/", followup_write.value, name="followup_value"),
]
