from django.urls import path

from reporting import views

urlpatterns = [
    path("", views.council_room, name="council_room"),
    path("berichte/<int:edition_id>/", views.report_page, name="council_report"),
    path("berichte/<int:edition_id>.pdf", views.report_document, name="council_document"),
]
