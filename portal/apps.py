from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Portal"


class AdministrationConfig(admin_apps.AdminConfig):
    default_site = "portal.administration.Administration"
    default = False
