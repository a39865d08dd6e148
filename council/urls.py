from django.urls import path

from council.views import committees, meetings

urlpatterns = [
    path("sitzungen/", meetings.meetings, name="meetings"),
    path("sitzungen/neu/", meetings.meeting_add, name="meeting_add"),
    path("sitzungen/<int:pk>/", meetings.meeting, name="meeting"),
    path("sitzungen/<int:pk>/bearbeiten/", meetings.meeting_edit, name="meeting_edit"),
    path("sitzungen/<int:pk>/absagen/", meetings.meeting_cancel, name="meeting_cancel"),
    path("sitzungen/<int:pk>/findet-statt/", meetings.meeting_reinstate, name="meeting_reinstate"),
    path("verzeichnis/", committees.committees, name="committees"),
    path("verzeichnis/neu/", committees.committee_add, name="committee_add"),
    path("verzeichnis/<int:pk>/", committees.committee, name="committee"),
    path("verzeichnis/<int:pk>/bearbeiten/", committees.committee_edit, name="committee_edit"),
    path("verzeichnis/<int:pk>/mitglied/", committees.membership_add, name="membership_add"),
    path("mitgliedschaften/<int:pk>/", committees.membership_edit, name="membership_edit"),
    path("wahlperioden/neu/", committees.term_add, name="term_add"),
    path("wahlperioden/<int:pk>/", committees.term_edit, name="term_edit"),
]
