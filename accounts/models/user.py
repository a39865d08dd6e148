from collections.abc import Iterable
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, _user_has_module_perms, _user_has_perm  # type: ignore[attr-defined]
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.access import Role
from accounts.models.unit import Unit

ANSWERING = (Role.ADMINISTRATION, Role.IT, Role.DIGITAL_OFFICER)


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def able_to_answer_for_measures(self) -> Self:
        """Those who can be named as responsible or deputy."""
        return self.active().filter(role__in=ANSWERING)

    def with_role(self, role: Role) -> Self:
        return self.active().filter(role=role)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """The first account of a new installation: a system administrator, who is no editor."""
        return self.create_user(email, password, role=Role.SYSTEM_ADMINISTRATOR, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person with a login. What the person may do follows from role and functions (accounts.access) alone."""

    email = models.EmailField("E-Mail-Adresse", unique=True)
    name = models.CharField("Name", max_length=120)
    role = models.CharField("Rolle", max_length=24, choices=Role.choices)
    unit = models.ForeignKey(
        Unit, verbose_name="Organisationseinheit", null=True, blank=True, on_delete=models.PROTECT, related_name="users"
    )
    deputy = models.ForeignKey(
        "self",
        verbose_name="Vertretung",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="deputises_for",
    )
    is_active = models.BooleanField("aktiv", default=True)
    date_joined = models.DateTimeField("angelegt am", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name, verbose_name_plural = "Benutzerin oder Benutzer", "Benutzerinnen und Benutzer"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_in_any_case",
                violation_error_message="Es gibt schon ein Konto mit dieser E-Mail-Adresse.",
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=F("pk")),
                name="user_is_not_own_deputy",
                violation_error_message="Niemand vertritt sich selbst.",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_able_to_answer_for_measures(self) -> bool:
        return self.is_active and self.role in ANSWERING

    @property
    def is_superuser(self) -> bool:
        """Nobody stands above the table of grants."""
        return False

    @property
    def is_staff(self) -> bool:
        """Django's admin asks this at its door."""
        return self.role == Role.SYSTEM_ADMINISTRATOR

    @property
    def groups(self) -> models.QuerySet[Group]:
        """django-guardian asks for groups; rights here never come from them."""
        return Group.objects.none()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return _user_has_perm(self, perm, obj)

    def has_perms(self, perm_list: Iterable[str], obj: Any = None) -> bool:
        """`permission_required` asks this."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return _user_has_module_perms(self, app_label)
