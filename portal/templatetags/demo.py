from dataclasses import dataclass

from django import template

from accounts.models import User
from portal.demo.people import ACCOUNTS, DOMAIN, PASSWORD

register = template.Library()


@dataclass(frozen=True)
class DemoAccess:
    accounts: tuple[tuple[str, str], ...]
    """Pairs of e-mail address and office, for those that exist."""
    password: str


@register.simple_tag
def demo_access() -> DemoAccess:
    """Only for a page that has made sure that this town is an example."""
    addresses = [f"{mailbox}@{DOMAIN}" for mailbox, *_ in ACCOUNTS]
    rows = User.objects.active().filter(email__in=addresses).order_by("pk").values_list("email", "name")
    return DemoAccess(tuple(rows), PASSWORD)
