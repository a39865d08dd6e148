"""States that no single request reaches: what has to happen first, and the answers that show it."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from council.models import LegislativeTerm
from ground.halfyears import HalfYear
from ground.models import Mail, MailState, SignedLink
from ground.posting.outbox import erase
from masterplan.models import Measure
from masterplan.planning import edit_measure
from masterplan.reviewing import give_back as give_update_back
from masterplan.updating import NewState, report_many
from reporting.freezing import correct, freeze
from reporting.models import Edition, RenderingState, ReportState
from reporting.opening import open_report, write_report
from reporting.releasing import release
from reporting.returning import give_back, withdraw_return
from tests.builders import make_mail, make_measure, make_milestone
from tests.conformance.forms import forms_of
from tests.conformance.pressing import press
from tests.conformance.states_by_link import measures_reported_by_link
from tests.conformance.states_of_council import COUNCIL_STATES
from tests.conformance.states_of_money import MONEY_STATES
from tests.reporting.stand_ins import make_files
from tests.safety.parameters import link_to

GOOD = "Handlungsfeld;Nummer;Titel\nBürgerservice;90;Hundesteuer online\nBürgerservice;BS-01;Termine\n"
BAD = "Handlungsfeld;Nummer;Titel;Beginn;Ende\nUnbekannt;90;Hundesteuer;2027-05-01;2026-01-01\nBürgerservice;;;x;y\n"


def save_meanwhile(measure, town, **values):
    """Someone else saves in between."""
    edit_measure(measure_id=measure.pk, values=values or {"title": "Anders"}, expected_version=None, by=town.officer)


def uploaded(client, content):
    list_ = SimpleUploadedFile("liste.csv", content.encode())
    return client.post("/arbeitsbereich/einlesen/", {"file": list_}, follow=True)


def a_list_read_in(client, town):
    yield (mapping := uploaded(client, GOOD))
    yield (preview := press(client, mapping, "/zuordnen/"))
    yield press(client, preview, "/uebernehmen/", reason="Abgleich")


def a_list_with_errors(client, town):
    yield uploaded(client, "")
    yield press(client, uploaded(client, BAD), "/zuordnen/")


def a_list_overtaken(client, town):
    preview = press(client, uploaded(client, GOOD), "/zuordnen/")
    save_meanwhile(Measure.objects.get(number="BS-01"), town)
    yield press(client, preview, "/uebernehmen/", reason="Abgleich")


def a_text_too_long_for_a_workbook(client, town):
    save_meanwhile(town.shown, town, description="Lang. " * 6000)
    yield client.get("/arbeitsbereich/massnahmen.xlsx")


def bulk(client, **data):
    return client.post("/arbeitsbereich/massnahmen/aendern/", data, follow=True)


def many_changed_at_once(client, town):
    some = list(Measure.objects.visible_to(client.user)[:3])
    rows = ",".join(f"{one.pk}:{one.version}" for one in some)
    for action in ("veroeffentlichen", "intern", "termin", "federfuehrung", "phase"):
        yield bulk(client, action=action, pick=[one.number for one in some])
    yield bulk(client, action="termin", step="preview", rows=rows, value="")
    chosen = {"action": "termin", "rows": rows, "value": "2027-01-30", "reason": "Haushalt"}
    yield bulk(client, step="preview", **chosen)
    save_meanwhile(some[0], town)
    yield bulk(client, step="apply", **chosen)


def files_added_refused_and_withdrawn(client, town):
    start = f"/arbeitsbereich/massnahmen/{town.shown.number}/dokumente/"
    for name, content in (("plan.pdf", b"kein PDF"), ("plan.txt", b"Text")):
        yield client.post(
            f"{start}dateien/", {"uploads": SimpleUploadedFile(name, content), "title": "Plan"}, follow=True
        )
    yield client.post(f"{start}link/", {"url": "javascript:x", "title": "Plan"})
    public = town.shown.attachments.published().first()
    yield (asked := client.get(f"{start}{public.pk}/zurueckziehen/"))
    yield press(client, asked, "/zurueckziehen/", reason="")
    yield press(client, asked, "/zurueckziehen/", reason="Überholt.")


def measures_handed_over(client, town):
    giving = Measure.objects.exclude(responsible=None)[0].responsible
    taking, where = User.objects.able_to_answer_for_measures().exclude(pk=giving.pk)[0], "/arbeitsbereich/uebergeben/"
    yield (preview := client.get(where, {"von": giving.pk, "an": taking.pk}))
    sent = {"von": giving.pk, "an": taking.pk, "seen": [line["token"] for line in preview.context["lines"]]}
    sent["pick"] = [line["measure"].pk for line in preview.context["lines"]]
    yield client.post(where, sent | {"seen": []})
    yield client.post(where, sent, follow=True)


def many_changed_by_someone_else(client, town):
    day = timezone.localdate() + timedelta(days=800)
    chosen = list(Measure.objects.visible_to(client.user).values_list("pk", flat=True)[:3])
    states = [NewState(measure_id=pk, values={"planned_end": day}, reason="Haushalt") for pk in chosen]
    report_many(states, by=town.officer)
    yield client.get("/arbeitsbereich/")
    yield Client().get("/")


def an_update_from_its_draft_to_the_decision(client, town):
    """Written, sent, overtaken, given back and sent again, by one whose measure it is."""
    measure = make_measure("Eigene Maßnahme", responsible=client.user, state={"phase": "IN_PROGRESS"})
    make_milestone(measure)
    start = f"/arbeitsbereich/massnahmen/{measure.number}/melden/"
    yield client.get(start)
    kept = {"seen": 0, "then": "keep", "phase": "IN_PROGRESS", "remarks": "halb"}
    yield client.post(f"{start}angaben/", kept, headers={"HX-Request": "true"})
    page = client.get(f"{start}angaben/")
    yield (checked := press(client, page, "/angaben/", then="check", course="CRITICAL", reason="Vergabe", remarks="x"))
    yield client.get(start)
    yield press(client, page, "/angaben/", then="check", reason="Anders")
    yield client.get("/arbeitsbereich/statusmeldungen/")
    yield press(client, checked, "/pruefen/")
    update = measure.updates.submitted().get()
    yield client.get(f"/arbeitsbereich/statusmeldungen/{update.pk}/")
    yield officer(town).get(f"/arbeitsbereich/statusmeldungen/{update.pk}/")
    give_update_back(update_id=update.pk, seen=update.version, comment="Bitte genauer", by=town.officer)
    yield client.get(start)
    yield client.get(f"/arbeitsbereich/statusmeldungen/{update.pk}/")
    target = make_measure("Ziel")
    merged = NewState(measure_id=measure.pk, values={"phase": "MERGED", "merged_into": target}, reason="Doppelt")
    report_many([merged], by=town.officer)
    yield client.get(start)


def officer(town):
    client = Client()
    client.force_login(town.officer)
    return client


def units_asked_and_criteria_changed(client, town):
    page = client.get("/arbeitsbereich/statusmeldungen/erfragen/")
    yield press(client, page, "/erfragen/", due="2020-01-01")
    yield press(client, page, "/erfragen/")
    page = client.get("/arbeitsbereich/kriterien/")
    yield press(client, page, "/kriterien/", reason="", then="preview")
    yield press(client, page, "/kriterien/", reason="Strenger", days_at_risk="1", then="preview")
    yield press(client, page, "/kriterien/", reason="Strenger", days_at_risk="1", then="set")


def a_term_that_lies_ahead_about_to_be_deleted(client, town):
    day = timezone.localdate() + timedelta(days=3650)
    term = LegislativeTerm.objects.create(name="Übernächste", start_date=day, end_date=day + timedelta(days=1800))
    yield client.get(reverse("admin:council_legislativeterm_delete", args=[term.pk]))


def report_pages(client, report):
    for part in ("", "einfrieren/", "neue-fassung/", "freigeben/"):
        yield client.get(f"/arbeitsbereich/berichte/{report.pk}/{part}")
    yield client.get("/arbeitsbereich/")
    yield client.get("/gremien/")
    yield client.get("/berichte/")
    yield client.get(f"/berichte/{report.period.slug}/")
    yield client.get(f"/gremien/sitzungen/{report.meeting_id}/")
    for edition in Edition.objects.filter(snapshot__report=report):
        yield client.get(f"/gremien/berichte/{edition.pk}/")


def overtaken(client, page):
    """Two who have the same form open save it one after the other; nothing where one may only read it."""
    if any("assessment" in form.names for form in forms_of(page.content.decode())):
        for words in ("Fassung der ersten", "Fassung der zweiten"):
            yield press(client, page, page.wsgi_request.path, assessment=words)


def given_back(client, report):
    """Without a comment, with one, and taken back; nothing where one may not release."""
    page = client.get(f"/arbeitsbereich/berichte/{report.pk}/freigeben/")
    if "zurueckgeben/" in page.content.decode():
        yield press(client, page, "/zurueckgeben/", comment="")
    give_back(report_id=report.pk, comment="Bitte Seite 3 prüfen.", expected_version=None, by=None)
    yield from report_pages(client, report)
    withdraw_return(report_id=report.pk, by=None)


def opened(town):
    """Of the coming half-year: this one has its report."""
    period = HalfYear.of(timezone.localdate()).next()
    committee = town.report.committee
    report = open_report(period=period, committee=committee, by=town.officer)
    meeting = committee.meetings.latest("start")
    return write_report(report_id=report.pk, assessment="", meeting=meeting, expected_version=None, by=town.officer)


def a_report_from_its_opening_to_a_second_edition(client, town):
    report = opened(town)
    yield from report_pages(client, report)
    yield from overtaken(client, client.get(f"/arbeitsbereich/berichte/{report.pk}/"))
    page = client.get(f"/arbeitsbereich/berichte/{report.pk}/")
    if "entwurf-rat/" in page.content.decode():
        yield press(client, page, "entwurf-rat/")
    snapshot = freeze(report_id=report.pk, by=town.officer)
    yield from report_pages(client, report)
    for state in (
        {"state": RenderingState.RENDERING, "progress": 40, "step": "Seite 12", "claimed_at": timezone.now()},
        {"state": RenderingState.FAILED, "error": "Der Speicher reichte nicht.", "progress": 0},
        {"state": RenderingState.WAITING, "error": "", "step": ""},
    ):
        Edition.objects.filter(snapshot=snapshot).update(**state)
        yield from report_pages(client, report)
    make_files(snapshot)
    yield from report_pages(client, report)
    yield from given_back(client, report)
    release(report_id=report.pk, by=None)
    yield from report_pages(client, report)
    correct(report_id=report.pk, reason="Ein Betrag war falsch.", expected_version=None, by=town.officer)
    report.refresh_from_db()
    assert report.state == ReportState.FROZEN
    yield from report_pages(client, report)


def a_second_factor_set_up_and_used(client, town):
    """By one who gave the password just now."""
    user, password = client.user, "ein-langes-passwort"
    Authenticator.objects.filter(user=user).delete()
    client.post("/anmelden/erneut/", {"password": password})
    yield (offered := client.get("/konto/zweiter-faktor/einrichten/"))
    yield press(client, offered, "/einrichten/", code="000000")
    yield client.get("/konto/zweiter-faktor/")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)
    for part in ("", "codes/", "codes/neu/", "abschalten/"):
        yield client.get(f"/konto/zweiter-faktor/{part}")
    door = Client()
    yield (asked := door.post("/anmelden/", {"login": user.email, "password": password}, follow=True))
    yield press(door, asked, "/zweiter-faktor/", code="000000")


def a_link_that_opens_nothing(client, town):
    """Of each kind. The house has no such page yet at this floor; these stand in for one."""
    with override_settings(ROOT_URLCONF="tests.link_addresses"):
        past = {"created_at": F("created_at") - timedelta(days=2), "expires_at": F("created_at") - timedelta(days=1)}
        for fields in ({"nonce": "x"}, {"revoked_at": timezone.now()}, past):
            token = link_to("probe_by_link", "user:1")
            SignedLink.objects.filter(purpose="probe_by_link").update(**fields)
            yield Client().get(f"/link/probe/{token}/")
            SignedLink.objects.filter(purpose="probe_by_link").delete()


def no_mail_yet(client, town):
    Mail.objects.all().delete()
    yield client.get("/arbeitsbereich/postausgang/")


def mails_in_every_state(client, town):
    for state in MailState:
        mail = make_mail(f"stand:{state}", state, answer="451 4.7.1 später")
        yield client.get(f"/arbeitsbereich/postausgang/?stand={state}")
        yield client.get(f"/arbeitsbereich/postausgang/{mail.pk}/")
    erase(address="amt@stadt.example")
    yield client.get(f"/arbeitsbereich/postausgang/{mail.pk}/")


OFFICER, HEAD, COUNCIL, CLERK = "DIGITAL_OFFICER", "ADMINISTRATION_HEAD", "COUNCIL", "ADMINISTRATION"
SYSTEM = "SYSTEM_ADMINISTRATOR"
STATES = {
    a_list_read_in: [OFFICER],
    a_list_with_errors: [OFFICER],
    a_list_overtaken: [OFFICER],
    a_text_too_long_for_a_workbook: [OFFICER],
    many_changed_at_once: [OFFICER],
    files_added_refused_and_withdrawn: [OFFICER],
    measures_handed_over: [OFFICER],
    many_changed_by_someone_else: [OFFICER],
    an_update_from_its_draft_to_the_decision: [CLERK],
    units_asked_and_criteria_changed: [OFFICER],
    a_term_that_lies_ahead_about_to_be_deleted: [SYSTEM],
    a_report_from_its_opening_to_a_second_edition: [OFFICER, HEAD, CLERK, COUNCIL],
    a_second_factor_set_up_and_used: [CLERK],
    a_link_that_opens_nothing: [CLERK],
    measures_reported_by_link: [CLERK],
    no_mail_yet: [OFFICER],
    mails_in_every_state: [OFFICER],
    **COUNCIL_STATES,
    **MONEY_STATES,
}
"""By state whom it is shown to."""
