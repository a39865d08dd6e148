"""Reading many rows as they were at one moment, whoever writes meanwhile; and writing one after the other."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction whose every query sees the same state of the database. For reading.

    SQLite lets nobody write meanwhile; PostgreSQL is asked for REPEATABLE READ, which the first query fixes. Within a
    transaction that has begun already it promises no more than that one does.
    """
    begins = not connection.in_atomic_block
    with transaction.atomic():
        if begins and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def one_at_a_time(what: str) -> None:
    """Lets nobody else past this point with the same `what` until the caller's transaction ends.

    For rules about many rows of which none could be locked for all of them. SQLite lets one write at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [what])
