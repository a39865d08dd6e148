from typing import Self

from ground.history import Tracked
from masterplan.models.measure import Measure


class MeasureRow(Tracked):
    """A tracked row of a measure, which a subclass declares as `measure`."""

    class Meta:
        abstract = True

    @classmethod
    def locked(cls, pk: int, *, expected_version: int | None) -> Self:
        """As every lock, but its measure first: two activities that meet then wait for each other in one order."""
        Measure.locked(cls._base_manager.values_list("measure_id", flat=True).get(pk=pk), expected_version=None)
        return super().locked(pk, expected_version=expected_version)
