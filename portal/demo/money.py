"""Invented figures: what the measures need, get and spend in last year, this year and the next."""

from dataclasses import dataclass

from masterplan.models import BenefitUnit, BudgetKind, GrantState

EXPENSE, PAYMENT = BudgetKind.EXPENSE, BudgetKind.PAYMENT

Years = tuple[int, int, int]


@dataclass(frozen=True)
class Costs:
    """Bedarf of three years, Ansatz and Ist of the first two. Nothing is written where a figure is 0."""

    number: str
    kind: BudgetKind
    product: str
    requested: Years
    appropriated: tuple[int, int]
    spent: tuple[str, str]


SERVICE, ORGANISATION, SCHOOLS = "12.2.02 Bürgerservice", "11.1.02 Organisation", "21.1.01 Grundschulen"
TECHNOLOGY, BUSINESS, PLANNING = "11.1.05 Informationstechnik", "57.1.01 Wirtschaftsförderung", "51.1.01 Stadtplanung"

COSTS = (
    Costs("VW-01", EXPENSE, ORGANISATION, (48_000, 62_000, 40_000), (45_000, 60_000), ("43180.25", "51240.80")),
    Costs("VW-01", PAYMENT, ORGANISATION, (30_000, 15_000, 0), (30_000, 15_000), ("28950", "14200")),
    Costs("VW-02", EXPENSE, ORGANISATION, (22_000, 12_000, 0), (22_000, 10_000), ("21874.60", "9633.12")),
    Costs("BS-01", EXPENSE, SERVICE, (18_000, 9_000, 9_000), (18_000, 9_000), ("17260.40", "6720")),
    Costs("BS-02", EXPENSE, SERVICE, (15_000, 28_000, 25_000), (15_000, 28_000), ("11840", "9420.50")),
    Costs("BS-02", PAYMENT, SERVICE, (0, 85_000, 40_000), (0, 85_000), ("0", "31500")),
    Costs(
        "BS-03", EXPENSE, "36.5.01 Kindertagesstätten", (8_000, 24_000, 18_000), (8_000, 20_000), ("7910", "23150.75")
    ),
    Costs("BS-04", EXPENSE, PLANNING, (26_000, 14_000, 0), (25_000, 14_000), ("24780", "12950.30")),
    Costs("BI-01", PAYMENT, SCHOOLS, (180_000, 120_000, 0), (180_000, 90_000), ("151300.90", "97410")),
    Costs("BI-01", EXPENSE, SCHOOLS, (12_000, 18_000, 18_000), (12_000, 18_000), ("11420", "13200")),
    Costs("BI-02", PAYMENT, "27.2.01 Stadtbücherei", (35_000, 20_000, 0), (35_000, 20_000), ("33120.55", "18400")),
    Costs("BI-04", EXPENSE, "42.4.01 Sportstätten", (0, 12_000, 22_000), (0, 8_000), ("0", "0")),
    Costs("IN-01", PAYMENT, TECHNOLOGY, (240_000, 310_000, 160_000), (220_000, 300_000), ("198740.10", "244018.65")),
    Costs("IN-02", PAYMENT, TECHNOLOGY, (40_000, 30_000, 0), (40_000, 30_000), ("38210", "29040.99")),
    Costs("IN-03", EXPENSE, TECHNOLOGY, (0, 35_000, 50_000), (0, 30_000), ("0", "12400")),
    Costs("WI-01", EXPENSE, BUSINESS, (20_000, 38_000, 38_000), (20_000, 38_000), ("16900", "27310.40")),
    Costs("WI-02", EXPENSE, BUSINESS, (6_000, 9_000, 4_000), (6_000, 9_000), ("5980", "7450")),
    Costs("WI-03", EXPENSE, SERVICE, (0, 14_000, 6_000), (0, 12_000), ("0", "11880.20")),
    Costs("WI-04", EXPENSE, BUSINESS, (10_000, 42_000, 20_000), (10_000, 40_000), ("9200", "31870")),
    Costs("SU-01", EXPENSE, "54.1.01 Gemeindestraßen", (0, 16_000, 9_000), (0, 15_000), ("0", "9940.45")),
    Costs("SU-03", PAYMENT, "55.2.01 Gewässer", (0, 70_000, 110_000), (0, 70_000), ("0", "22815")),
    Costs(
        "SU-05", PAYMENT, "54.1.01 Gemeindestraßen", (60_000, 140_000, 90_000), (60_000, 120_000), ("48960", "83200")
    ),
)

FURTHER = (
    ("BS-02", EXPENSE, {"supplementary": 6_000}),
    ("BI-01", PAYMENT, {"carried_over": 28_000}),
    ("IN-01", PAYMENT, {"carried_over": 21_000, "commitment": 150_000}),
    ("WI-04", EXPENSE, {"extra": 5_000}),
)
"""Of this year: a Nachtrag, what was carried over, what was granted beside the plan, what may fall due later."""

NO_OWN_BUDGET = ("BI-03", "11.1.02 Organisation")

GRANTS = (
    ("BI-01", "Beispielprogramm Digitale Schule", "Land Niedersachsen", {"share_percent": 80}, GrantState.GRANTED, 16),
    ("IN-01", "Beispielprogramm Gigabit", "Bund", {"share_percent": 50}, GrantState.GRANTED, 400),
    ("SU-03", "Beispielprogramm Klimaanpassung", "Bund", {"share_amount": 60_000}, GrantState.PLANNED, 23),
    ("WI-04", "Beispielfonds Innenstadt", "Landkreis", {"share_amount": 15_000}, GrantState.APPLIED, -30),
)
"""Measure, programme, who pays, share, state, days from today to its deadline."""

RUNNING = (
    ("BS-02", "Lizenz und Wartung der Antragsstrecke", 18_500, 1),
    ("IN-01", "Miete der Glasfaserstrecken", 42_000, 1),
    ("BI-02", "Zutrittssystem und Sicherheitsdienst", 9_600, 0),
    ("VW-01", "Speicher und Pflege der Akte", 24_000, 1),
)
"""Measure, what for, euro a year, years from this one."""

BENEFITS = (
    ("BS-01", "Menschen mit Termin", "Wartezeit im Bürgeramt fällt weg", BenefitUnit.HOURS, 4_200, 3_150),
    ("BS-02", "Antragstellerinnen und Antragsteller", "Wege ins Rathaus fallen weg", BenefitUnit.HOURS, 6_000, None),
    ("VW-02", "Haushalt der Stadt", "Skonto wird genutzt", BenefitUnit.EURO, 24_000, 18_500),
    ("VW-02", "Beschäftigte in den Finanzen", "Abschreiben entfällt", BenefitUnit.HOURS, 900, 960),
)
"""Measure, who, what, unit, claimed and achieved a year."""

PROPOSED = ("BS-03", 0, EXPENSE, 4_500, "Schulung der 19 Kitas vor dem Start")
"""Measure, years from this one, kind, euro, what for; not decided yet."""
