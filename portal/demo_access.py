"""The password of all accounts that `manage.py demo` makes; no other account ever gets it."""

DEMO_PASSWORD = "winsen-demo"  # noqa: S105
