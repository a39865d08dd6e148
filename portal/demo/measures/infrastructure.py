"""Field of action IN: networks and safety."""

from council.models import CommitteeKind
from masterplan.models import Health, Phase, Priority, Visibility
from portal.demo.spec import Planned, step, told

MEASURES = (
    Planned(
        number="IN-01",
        title="Glasfaser für alle städtischen Schulen",
        teaser="Jede städtische Schule und Sporthalle bekommt einen eigenen Glasfaseranschluss.",
        description="Die Anschlüsse werden mit dem laufenden Ausbau gebaut. In den Gebäuden entstehen Verteiler und "
        "Netze bis in die Klassenräume; die Arbeiten liegen in den Ferien.",
        objective="Ein Anschluss mit einem Gigabit je Schule, Netz in jedem Unterrichtsraum.",
        beneficiaries="Schülerinnen und Schüler, Lehrkräfte, Sportvereine",
        goals=("Lebens- und Standortqualität",),
        lead="Abteilung Informationstechnik",
        responsible="it",
        deputy="it.netze",
        involved=("Abteilung Schulen und Kindertagesstätten", "Städtischer Betriebshof"),
        partners="ausbauendes Unternehmen",
        priority=Priority.HIGH,
        start=-18,
        end=8,
        steps=(
            step("Gebäude begangen und geplant", 2, -15),
            step("Bauauftrag vergeben", 2, -11),
            step("Erste vier Standorte am Netz", 3, -6),
            step("Weitere vier Standorte am Netz", 2, 1),
            step("Alle Standorte am Netz", 2, 8),
        ),
        story=(
            told(
                -545,
                "Die Gebäude werden begangen.",
                "Arbeit aufgenommen",
                phase=Phase.IN_PREPARATION,
                health=Health.ON_TRACK,
                begins=True,
            ),
            told(-460, "Die Planung für alle Standorte liegt vor.", "Meilenstein erreicht", reached={1: -463}),
            told(
                -322,
                "Der Bauauftrag ist vergeben, die Arbeiten beginnen in den Ferien.",
                "Meilenstein erreicht",
                phase=Phase.IN_PROGRESS,
                reached={2: -327},
            ),
            told(
                -190,
                "Vier Standorte sind am Netz, einen Monat früher als geplant.",
                "Meilenstein erreicht",
                reached={3: -196},
            ),
            told(
                -9,
                "Acht Standorte sind am Netz; das Ende wird um zwei Monate vorgezogen.",
                "Bau in den Herbst vorgezogen, Material ist vorhanden",
                end=6,
                reached={4: -11},
                moved={5: 6},
            ),
        ),
    ),
    Planned(
        number="IN-02",
        title="Freies WLAN auf Plätzen und in städtischen Häusern",
        teaser="Auf den zentralen Plätzen, in der Stadtbücherei und im Rathaus gibt es freies WLAN ohne Anmeldung.",
        description="Zwölf Standorte werden ausgestattet. Wer sich verbindet, braucht kein Konto; gespeichert wird "
        "nichts, was auf Personen schließen lässt.",
        objective="Zwölf Standorte mit verlässlichem, freiem WLAN.",
        beneficiaries="Gäste, Jugendliche, wartende Menschen im Rathaus",
        goals=("Lebens- und Standortqualität",),
        lead="Abteilung Informationstechnik",
        responsible="it.netze",
        deputy="it",
        involved=("Städtischer Betriebshof", "Stabsstelle Wirtschaftsförderung"),
        start=-16,
        end=0,
        steps=(
            step("Standorte festgelegt", 1, -14),
            step("Technik beschafft", 2, -9),
            step("Sechs Standorte in Betrieb", 3, -4),
            step("Zwölf Standorte in Betrieb", 4, 0),
        ),
        story=(
            told(
                -480,
                "Die Standorte werden mit dem Handel in der Innenstadt abgestimmt.",
                "Arbeit aufgenommen",
                phase=Phase.IN_PREPARATION,
                health=Health.ON_TRACK,
                begins=True,
            ),
            told(-425, "Zwölf Standorte stehen fest.", "Meilenstein erreicht", reached={1: -428}),
            told(
                -262, "Die Technik ist beschafft.", "Meilenstein erreicht", phase=Phase.IN_PROGRESS, reached={2: -266}
            ),
            told(-103, "Sechs Standorte sind in Betrieb.", "Meilenstein erreicht", reached={3: -110}),
            told(
                -6,
                "Alle zwölf Standorte sind in Betrieb; die Maßnahme ist wie zugesagt abgeschlossen.",
                "Ziel erreicht",
                phase=Phase.COMPLETED,
                reached={4: -7},
            ),
        ),
    ),
    Planned(
        number="IN-03",
        title="Notbetrieb bei Ausfall der Informationstechnik",
        teaser="Die wichtigsten Dienste der Stadt laufen auch dann weiter, wenn die Technik ausfällt.",
        description="Für jeden Dienst wird festgelegt, wie lange er ausfallen darf und wie er im Notbetrieb arbeitet. "
        "Der Wiederanlauf wird geübt.",
        objective="Pass-, Melde- und Kassenwesen arbeiten spätestens am zweiten Tag im Notbetrieb.",
        beneficiaries="alle, die auf Leistungen der Stadt angewiesen sind",
        goals=("Bürgerservice", "Wirtschaftlichkeit"),
        lead="Abteilung Informationstechnik",
        responsible="it",
        deputy="it.netze",
        involved=("Fachbereich Zentrale Dienste", "Fachbereich Bürgerservice und Ordnung"),
        partners="Regionaler IT-Verbund",
        priority=Priority.HIGH,
        notes="Nichtöffentlich: beschreibt Schwachstellen.",
        visibility=Visibility.CONFIDENTIAL,
        added=-350,
        published=-340,
        resolved=5,
        resolved_by=CommitteeKind.MAIN_COMMITTEE,
        start=-10,
        end=9,
        steps=(
            step("Dienste bewertet", 2, -6),
            step("Notbetrieb für drei Dienste beschrieben", 3, -1),
            step("Erste Übung", 3, 4),
            step("Alle Dienste beschrieben und geübt", 2, 9),
        ),
        story=(
            told(-300, "", "Arbeit aufgenommen", phase=Phase.IN_PROGRESS, health=Health.ON_TRACK, begins=True),
            told(-168, "", "Meilenstein erreicht", reached={1: -172}),
            told(-41, "", "Meilenstein erreicht", reached={2: -44}, remarks="Übung für das Frühjahr vorgemerkt."),
        ),
    ),
)
