"""Reading many rows as they were at one moment, whoever writes meanwhile."""

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
