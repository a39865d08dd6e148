from django.urls import path, re_path

from masterplan.views import importing

urlpatterns = [
    re_path(r"^massnahmen\.(?P<kind>csv|xlsx)$", importing.export, name="measures_export"),
    path("einlesen/", importing.start, name="import_start"),
    path("einlesen/beispiel.xlsx", importing.example, name="import_example"),
    path("einlesen/<int:pk>/zuordnen/", importing.mapping, name="import_mapping"),
    path("einlesen/<int:pk>/vorschau/", importing.show_preview, name="import_preview"),
    path("einlesen/<int:pk>/uebernehmen/", importing.apply, name="import_apply"),
    path("einlesen/<int:pk>/fertig/", importing.done, name="import_done"),
]
