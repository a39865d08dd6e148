"""Papers and agendas in states that no single request reaches."""

from django.core.files.uploadedfile import SimpleUploadedFile

from council.deliberating import release_paper
from council.models import Meeting, Paper

COUNCIL_OFFICE = "COUNCIL_OFFICE"


def a_paper_refused_released_and_removed(client, town):
    waiting = Paper.objects.filter(released_at=None)[0]
    where = f"/gremien/vorlagen/{waiting.pk}/"
    yield client.post("/gremien/vorlagen/neu/", {"reference": waiting.reference})
    yield client.post(f"{where}station/", {"position": 9})
    yield client.post(f"{where}datei/", {"title": "Vorlage", "upload": SimpleUploadedFile("vorlage.pdf", b"kein PDF")})
    yield client.get(where)
    yield client.get(f"{where}entfernen/")
    yield client.post(f"{where}entfernen/", follow=True)
    release_paper(paper_id=waiting.pk, by=None)
    yield client.get(where)
    yield client.get("/gremien/vorlagen/", {"wort": "gibt es nicht"})


def minutes_approved_and_not(client, town):
    for meeting in Meeting.objects.exclude(minutes=None):
        yield client.get(f"/gremien/sitzungen/{meeting.pk}/")


COUNCIL_STATES = {
    a_paper_refused_released_and_removed: [COUNCIL_OFFICE],
    minutes_approved_and_not: [COUNCIL_OFFICE, "COUNCIL"],
}
