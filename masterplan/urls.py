from django.urls import path, re_path

from masterplan.views import bulk, cells, history, importing, measure, milestones, reporters, status, strategy, table

urlpatterns = [
    path("strategie/<int:pk>/in-kraft/", strategy.strategy_in_force, name="strategy_in_force"),
    path("massnahmen/", table.measures, name="measures"),
    path("massnahmen/anlegen/", measure.measure_add, name="measure_add"),
    path("massnahmen/aendern/", bulk.measures_bulk, name="measures_bulk"),
    path("massnahmen/<str:number>/", measure.measure_edit, name="measure_edit"),
    path("massnahmen/<str:number>/zeile/", table.measure_row, name="measure_row"),
    path("massnahmen/<str:number>/feld/<slug:name>/", cells.measure_cell, name="measure_cell"),
    path(
        "massnahmen/<str:number>/feld/<slug:name>/folgen/",
        cells.measure_cell_consequences,
        name="measure_cell_consequences",
    ),
    path("massnahmen/<str:number>/stand/", status.measure_status, name="measure_status"),
    path(
        "massnahmen/<str:number>/stand/folgen/",
        status.measure_status_consequences,
        name="measure_status_consequences",
    ),
    path("massnahmen/<str:number>/meilensteine/", milestones.measure_milestones, name="measure_milestones"),
    path("massnahmen/<str:number>/meilensteine/<int:pk>/", milestones.milestone_edit, name="milestone_edit"),
    path("massnahmen/<str:number>/meilensteine/<int:pk>/entfallen/", milestones.milestone_drop, name="milestone_drop"),
    path("massnahmen/<str:number>/meldeberechtigt/", reporters.measure_reporters, name="measure_reporters"),
    path(
        "massnahmen/<str:number>/meldeberechtigt/<int:pk>/entfernen/",
        reporters.measure_reporter_remove,
        name="measure_reporter_remove",
    ),
    path("massnahmen/<str:number>/sichtbarkeit/", measure.measure_visibility, name="measure_visibility"),
    path("massnahmen/<str:number>/loeschen/", measure.measure_delete, name="measure_delete"),
    path("massnahmen/<str:number>/verlauf/", history.measure_history, name="measure_history"),
    path(
        "massnahmen/<str:number>/verlauf/<int:history_id>/<slug:name>/",
        history.measure_restore,
        name="measure_restore",
    ),
    path(
        "massnahmen/<str:number>/verlauf/meilenstein/<int:history_id>/<slug:name>/",
        history.milestone_restore,
        name="milestone_restore",
    ),
    re_path(r"^massnahmen\.(?P<kind>csv|xlsx)$", importing.export, name="measures_export"),
    path("einlesen/", importing.start, name="import_start"),
    path("einlesen/beispiel.xlsx", importing.example, name="import_example"),
    path("einlesen/<int:pk>/zuordnen/", importing.mapping, name="import_mapping"),
    path("einlesen/<int:pk>/vorschau/", importing.show_preview, name="import_preview"),
    path("einlesen/<int:pk>/uebernehmen/", importing.apply, name="import_apply"),
    path("einlesen/<int:pk>/fertig/", importing.done, name="import_done"),
]
