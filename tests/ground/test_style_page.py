"""One page with every component, in the public frame and in that of the workspace."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory

from ground.charts.distribution import Count, segments
from ground.charts.graph import Edge, Node, graph
from ground.charts.trend import Course, Point, trend_chart
from ground.chronicle import Line, Moment
from ground.forms import DayInput, MomentInput
from ground.overtaken import Difference, Overtaken
from masterplan.models.status import ShownStatus
from masterplan.risk_rows import matrix
from tests.builders import NOW, TODAY

PAGE = Path(__file__).parent / "templates/style_page.html"
CHECKER = settings.BASE_DIR / "node_modules/vnu-jar/build/dist/vnu.jar"
pytestmark = pytest.mark.django_db


class EveryField(forms.Form):
    title = forms.CharField(label="Titel", help_text="Höchstens 120 Zeichen.")
    text = forms.CharField(label="Beschreibung", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Art", choices=[("", "Bitte wählen"), ("a", "Verschoben")])
    goals = forms.MultipleChoiceField(label="Ziele", required=False, choices=[("a", "Bürgerservice")])
    units = forms.MultipleChoiceField(
        label="Beteiligt", required=False, choices=[("a", "IT")], widget=forms.CheckboxSelectMultiple
    )
    health = forms.ChoiceField(label="Stand", choices=[("a", "im Plan"), ("b", "kritisch")], widget=forms.RadioSelect)
    end = forms.DateField(label="Ende", widget=DayInput)
    begin = forms.SplitDateTimeField(label="Beginn", widget=MomentInput)
    table = forms.FileField(label="Tabelle")
    agreed = forms.BooleanField(label="Geprüft")
    version = forms.CharField(widget=forms.HiddenInput, initial="1")


def node(key, number, *, strong=False):
    words = {
        "title": "Termine online buchen",
        "foot": "Ende 31.12.2026",
        "spoken": f"{number}, Ende 31.12.2026, Termine online buchen, im Plan.",
    }
    return Node(key=key, head=number, symbol="circle-check", tone="good", href="/", strong=strong, **words)


def style_page(layout, form):
    request = RequestFactory().get("/?feld=BS")
    request.user = AnonymousUser()
    context = {
        "layout": get_template(layout).template,
        "form": form,
        "statuses": list(ShownStatus),
        "segments": segments([Count(s.label, s.symbol, s.tone, 3, "/") for s in ShownStatus]),
        "chart": trend_chart(
            [
                Course("M4", [Point(date(2026, 1, 5), date(2026, 12, 1)), Point(TODAY, date(2027, 3, 1))], "late"),
                Course(
                    "M1", [Point(date(2026, 1, 5), date(2026, 6, 1)), Point(date(2026, 6, 9), date(2026, 6, 9))], "done"
                ),
            ],
            [date(2026, 1, 5), TODAY],
            {TODAY: "heute"},
        ),
        "page": Paginator(range(300), 25).page(5),
        "both": Overtaken(
            who="Fachbereich Jugend",
            when="22.11.2026, 12:00 Uhr",
            differences=[
                Difference("title", "Titel", base="Kita", theirs="Kita-Platz", mine="Kita online"),
                Difference("teaser", "In einem Satz", base="kurz", theirs="kürzer", mine="kurz"),
            ],
        ),
        "moments": [
            (
                "22.11.2026, 12:00 Uhr",
                Moment(
                    NOW,
                    who="Digital Officer",
                    reasons=["Die Ausschreibung dauert länger."],
                    lines=[Line("Ende", "31.12.2026", "31.03.2027", "/"), Line("Name", "–", "Kita online")],
                ),
            )
        ],
        "keys": [("U", "freigeben"), ("?", "diese Liste")],
        "graph": graph([node(1, "BS-01"), node(2, "BS-02", strong=True)], [Edge(1, 2, tight=True)]),
        "matrix": matrix((), with_number=False),
        "tones": ["info", "success", "warning", "danger"],
        "trail": [("Maßnahmen", "/"), ("Bürgerservice", "/")],
        "tabs": [("Liste", "/", True), ("Zeitplan", "/", False)],
        "sections": [("Wer", "#inhalt")],
        "facts": [("Federführung", "Fachbereich Jugend"), ("Kontakt", "Postfach", "mailto:kita@aue.example")],
        "stations": [
            ("03.06.2025", "Ausschuss", "empfohlen, 9 Ja", "done"),
            ("19.06.2025", "Verwaltungsausschuss", "", "current"),
            ("26.06.2025", "Rat", "", "open"),
        ],
    }
    return engines["django"].from_string(PAGE.read_text()).render(context, request)


STATES = [
    pytest.param("public.html", EveryField(), id="public, fresh form"),
    pytest.param("workspace.html", EveryField(), id="workspace, fresh form"),
    pytest.param("workspace.html", EveryField({"version": "1"}), id="workspace, refused form"),
]


def test_the_style_page_shows_every_component():
    parts_of_frames_and_forms = {"account_links", "brand", "button", "error_summary", "public_nav", "workspace_nav"}
    components = {path.stem for path in (settings.BASE_DIR / "templates/components").glob("*.html")}
    shown = set(re.findall(r"components/(\w+)\.html", PAGE.read_text()))
    assert components - shown - parts_of_frames_and_forms == set()


@pytest.mark.parametrize(("layout", "form"), STATES)
def test_no_id_is_given_twice(layout, form):
    ids = re.findall(r'\sid="([^"]+)"', style_page(layout, form))
    assert [one for one in ids if ids.count(one) > 1] == []


@pytest.mark.prove
def test_the_nu_checker_finds_no_error_in_pages_and_style_sheets(tmp_path):
    sheets = [str(path) for path in sorted((settings.BASE_DIR / "static/css").glob("*.css"))]
    for number, state in enumerate(STATES):
        (tmp_path / f"{number}.html").write_text(style_page(*state.values))
    checked = subprocess.run(
        ["java", "-jar", str(CHECKER), "--errors-only", "--also-check-css", *sheets, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.stderr == ""
    assert checked.returncode == 0
