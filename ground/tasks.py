from celery import shared_task
from django.utils import timezone

from ground.posting import fetching, sending, sweeping


@shared_task(name="ground.send_mail")
def send_mail(mail_id: int) -> None:
    sending.send(mail_id=mail_id)


@shared_task(name="ground.sweep_mails")
def sweep_mails() -> None:
    for mail_id in sweeping.sweep_mails(now=timezone.now()):
        send_mail.delay(mail_id)


@shared_task(name="ground.fetch_bounces")
def fetch_bounces() -> None:
    fetching.fetch_bounces(now=timezone.now())
