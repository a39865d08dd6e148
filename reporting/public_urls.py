from django.urls import path, register_converter

from reporting import public_views
from reporting.addresses import HalfYearConverter

register_converter(HalfYearConverter, "halfyear")

urlpatterns = [
    path("berichte/", public_views.reports, name="public_reports"),
    path("berichte/<halfyear:period>.pdf", public_views.report_file, name="public_report_file"),
    path("berichte/<halfyear:period>/", public_views.report, name="public_report"),
    path("berichte/<halfyear:period>/fassung-<int:fassung>/", public_views.report, name="public_report_fassung"),
    path(
        "berichte/<halfyear:period>/fassung-<int:fassung>.pdf",
        public_views.report_file,
        name="public_report_fassung_file",
    ),
]
