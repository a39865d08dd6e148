"""The web process: few threads, started once the settings are read, logs like everything else."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from winsen_digital import settings

wsgi_app = "winsen_digital.wsgi:application"
bind = f"127.0.0.1:{settings.PORT}"
threads = 8
preload_app = True
timeout = 60
graceful_timeout = 20
keepalive = 5
control_socket_disable = True
logconfig_dict = {
    **settings.LOGGING,
    "loggers": {
        **settings.LOGGING["loggers"],
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
        "gunicorn.access": {"level": "WARNING", "handlers": [], "propagate": True},
    },
}
