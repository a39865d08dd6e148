"""Terms, committees and meetings, with OParl's words; knows no measure."""

from datetime import date, datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.access import Perm, Role
from accounts.models import User

NAMED = 5
"""Of the rows that stand in the way of a shorter term."""


class LegislativeTerm(models.Model):
    """Wahlperiode."""

    name = models.CharField("Name", max_length=60, unique=True, help_text="Zum Beispiel: 2026–2031")
    start_date = models.DateField("erster Tag")
    end_date = models.DateField("letzter Tag")

    class Meta:
        verbose_name, verbose_name_plural = "Wahlperiode", "Wahlperioden"
        ordering = ["-start_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")),
                name="term_ends_after_it_begins",
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if not (self.start_date and self.end_date):
            return
        others = LegislativeTerm.objects.exclude(pk=self.pk)
        other = others.filter(start_date__lte=self.end_date, end_date__gte=self.start_date).first()
        if other:
            raise ValidationError(f"Die Tage überschneiden sich mit der Wahlperiode {other}.")
        if left_out := self._left_out():
            more = len(left_out) - NAMED
            named = "; ".join(left_out[:NAMED]) + (f" und {more} weitere" if more > 0 else "")
            raise ValidationError(f"Nicht mehr in diesen Tagen lägen: {named}. Ändern Sie diese zuerst.")

    def _left_out(self) -> list[str]:
        """Meetings that take place and memberships with a day outside the term."""
        if not self.pk:
            return []
        days = (self.start_date, self.end_date)
        meetings = Meeting.objects.filter(committee__term=self, cancelled=False).exclude(start__date__range=days)
        seats = Membership.objects.filter(committee__term=self).filter(
            ~Q(start_date__range=days) | Q(end_date__gt=self.end_date)
        )
        return [
            *(f"Sitzung {one}" for one in meetings.select_related("committee").order_by("start")),
            *(f"Mitgliedschaft {one}, {one.days}" for one in seats.select_related("committee", "user")),
        ]


class CommitteeKind(models.TextChoices):
    COUNCIL = "COUNCIL", "Rat"
    MAIN_COMMITTEE = "MAIN_COMMITTEE", "Verwaltungsausschuss"
    COMMITTEE = "COMMITTEE", "Fachausschuss"


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def of_day(self, day: date) -> Self:
        return self.filter(term__start_date__lte=day, term__end_date__gte=day)

    def reported_to(self) -> Self:
        return self.filter(receives_reports=True)

    def open_to(self, user: Any, today: date) -> Self:
        """Those whose papers that are not public `user` reads while the membership lasts: who sits in the Rat, of every
        committee, others of the council of their own (NKomVG §§ 72 (2), 78 (2), 71 (7))."""
        seats = Membership.objects.held_on(today).filter(
            user=user, user__role=Role.COUNCIL, committee__in=Committee.objects.of_day(today)
        )
        kinds = dict(seats.values_list("committee", "committee__kind"))
        return self.all() if CommitteeKind.COUNCIL in kinds.values() else self.filter(pk__in=list(kinds))


class Committee(models.Model):
    """Gremium (OParl: Organization) of one term; another name or term is a new row that names its predecessor."""

    name = models.CharField("Name", max_length=160)
    short_name = models.CharField("Kurzname", max_length=40)
    kind = models.CharField("Art", max_length=16, choices=CommitteeKind.choices)
    term = models.ForeignKey(
        LegislativeTerm, verbose_name="Wahlperiode", on_delete=models.PROTECT, related_name="committees"
    )
    predecessor = models.OneToOneField(
        "self", verbose_name="Vorgänger", null=True, blank=True, on_delete=models.PROTECT, related_name="successor"
    )
    meets_in_public = models.BooleanField("tagt öffentlich", default=True)
    receives_reports = models.BooleanField(
        "erhält den Statusbericht", default=False, help_text="Höchstens ein Gremium je Wahlperiode."
    )

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Gremium", "Gremien"
        ordering = ["-term__start_date", "name"]
        constraints = [
            models.UniqueConstraint(fields=["term", "name"], name="committee_name_unique_in_term"),
            models.UniqueConstraint(
                fields=["term"],
                condition=Q(receives_reports=True),
                name="committee_one_receives_reports",
                violation_error_message="In dieser Wahlperiode erhält schon ein anderes Gremium den Statusbericht. "
                "Nehmen Sie dort zuerst den Haken heraus.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.predecessor and self.term_id and self.predecessor.term.start_date >= self.term.start_date:
            raise ValidationError({"predecessor": "Der Vorgänger gehört zu einer früheren Wahlperiode."})


class MembershipRole(models.TextChoices):
    CHAIR = "CHAIR", "Vorsitz"
    VOTING = "VOTING", "stimmberechtigt"
    ADVISORY = "ADVISORY", "beratend"
    SUBSTITUTE = "SUBSTITUTE", "Stellvertretung"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def held_on(self, day: date) -> Self:
        return self.filter(Q(end_date=None) | Q(end_date__gte=day), start_date__lte=day)

    def overlapping(self, one: "Membership") -> Self:
        """Others of the same person in the same committee with a day in common."""
        others = self.filter(committee=one.committee_id, user=one.user_id).exclude(pk=one.pk)
        others = others.filter(Q(end_date=None) | Q(end_date__gte=one.start_date))
        return others.filter(start_date__lte=one.end_date) if one.end_date else others


class Membership(models.Model):
    """Mitgliedschaft; access follows its dates and ends with them."""

    committee = models.ForeignKey(
        Committee, verbose_name="Gremium", on_delete=models.PROTECT, related_name="memberships"
    )
    user = models.ForeignKey(User, verbose_name="Person", on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("Art", max_length=12, choices=MembershipRole.choices, default=MembershipRole.VOTING)
    start_date = models.DateField("vom")
    end_date = models.DateField("bis", null=True, blank=True)
    faction = models.ForeignKey(
        "council.Faction",
        verbose_name="im Namen von",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Mitgliedschaft", "Mitgliedschaften"
        ordering = ["committee", "-start_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("start_date")),
                name="membership_ends_after_it_begins",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.committee.short_name})"

    @property
    def days(self) -> str:
        return f"{self.start_date:%d.%m.%Y} bis {f'{self.end_date:%d.%m.%Y}' if self.end_date else 'auf Weiteres'}"

    def clean(self) -> None:
        if not (self.committee_id and self.start_date):
            return
        term = self.committee.term
        if self.start_date < term.start_date or (self.end_date or self.start_date) > term.end_date:
            days = f"{term.start_date:%d.%m.%Y} bis {term.end_date:%d.%m.%Y}"
            raise ValidationError(f"Das Gremium besteht in der Wahlperiode {term}: {days}.")
        if self.faction and self.faction.term_id != term.pk:
            raise ValidationError({"faction": f"Die Fraktion oder Gruppe gehört nicht zur Wahlperiode {term}."})
        if self.user_id and (other := Membership.objects.overlapping(self).first()):
            raise ValidationError(
                f"Diese Person ist schon eingetragen: vom {other.days}. Die Tage dürfen sich nicht überschneiden."
            )


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def upcoming(self, now: datetime) -> Self:
        return self.filter(start__gte=now, cancelled=False).order_by("start")

    def in_public(self) -> Self:
        return self.filter(committee__meets_in_public=True)

    def visible_to(self, user: Any, today: date) -> Self:
        """The administration: all. Of the council: public ones and those of the committees that are open to them."""
        if user.has_perm(Perm.EDIT_MEETINGS):
            return self.all()
        if not user.has_perm(Perm.READ_MEETINGS):
            return self.none()
        if user.has_perm(Perm.OPEN_WORKSPACE):
            return self.all()
        own = Committee.objects.open_to(user, today).order_by()
        return self.filter(Q(committee__meets_in_public=True) | Q(committee__in=own))


class Meeting(models.Model):
    """Sitzung."""

    committee = models.ForeignKey(Committee, verbose_name="Gremium", on_delete=models.PROTECT, related_name="meetings")
    start = models.DateTimeField("Beginn")
    location = models.CharField("Ort", max_length=160, blank=True)
    papers_due = models.DateField("Vorlagenschluss", null=True, blank=True)
    cancelled = models.BooleanField("abgesagt", default=False)
    cancelled_because = models.CharField("Grund der Absage", max_length=240, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Sitzung", "Sitzungen"
        ordering = ["-start"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "start"],
                name="meeting_once_at_a_time",
                violation_error_message="Diese Sitzung ist schon eingetragen.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled=True) | Q(cancelled_because=""),
                name="meeting_cancelled_where_it_says_why",
                violation_error_message="Nur eine abgesagte Sitzung nennt den Grund der Absage.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee.short_name}, {timezone.localtime(self.start):%d.%m.%Y}"

    def clean(self) -> None:
        if not (self.committee_id and self.start):
            return
        day, term = timezone.localdate(self.start), self.committee.term
        if not term.start_date <= day <= term.end_date:
            raise ValidationError(
                {"start": f"Der Tag liegt nicht in der Wahlperiode {term}, in der dieses Gremium besteht."}
            )
        if self.papers_due and self.papers_due > day:
            raise ValidationError({"papers_due": "Der Vorlagenschluss liegt nach der Sitzung."})
        if self.pk and (later := self.consultations.filter(paper__date__gt=day).first()):
            raise ValidationError({"start": f"Der Tag liegt vor dem Datum der Vorlage {later.paper.reference}."})
