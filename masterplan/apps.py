from django.apps import AppConfig


class MasterplanConfig(AppConfig):
    name = "masterplan"
    verbose_name = "Masterplan"

    def ready(self) -> None:
        from accounts.vacancies import LEFT_BEHIND
        from masterplan.ownership import left_by

        LEFT_BEHIND.append(left_by)
