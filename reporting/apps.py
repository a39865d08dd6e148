from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Berichte"

    def ready(self) -> None:
        from council.agenda import SOURCES
        from reporting.agenda import reports_of

        SOURCES.append(reports_of)
