from django.urls import path

from reporting import views

urlpatterns = [
    path("berichte/", views.reports, name="reports"),
    path("berichte/<int:pk>/", views.report_edit, name="report_edit"),
    path("berichte/<int:pk>/entwurf-<slug:edition>/", views.report_draft, name="report_draft"),
    path("berichte/<int:pk>/entwurf-<slug:edition>.pdf", views.report_draft_file, name="report_draft_file"),
    path("berichte/<int:pk>/einfrieren/", views.report_freeze, name="report_freeze"),
    path("berichte/<int:pk>/neue-fassung/", views.report_correct, name="report_correct"),
    path("berichte/<int:pk>/freigeben/", views.report_release, name="report_release"),
    path("berichte/<int:pk>/zurueckgeben/", views.report_return, name="report_return"),
    path("berichte/<int:pk>/rueckgabe-zuruecknehmen/", views.report_return_withdraw, name="report_return_withdraw"),
    path("berichte/<int:pk>/dateien/", views.report_progress, name="report_progress"),
    path("berichte/ausgaben/<int:edition_id>/noch-einmal/", views.report_retry, name="report_retry"),
    path("berichte/ausgaben/<int:edition_id>/", views.report_page, name="report_page"),
    path("berichte/ausgaben/<int:edition_id>.pdf", views.report_document, name="report_document"),
]
