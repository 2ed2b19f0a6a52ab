"""Layouts that a page is working on. Rows and columns count from 1 at the top left."""

from typing import Annotated

from pydantic import Field

from chalicelib.kit.models import Id, Model

Index = Annotated[int, Field(ge=0, le=2)]
Line = Annotated[int, Field(ge=1, le=26)]
MOST_SLOTS = 400


class Place(Model):
    """A position of a grid."""

    row: Line
    column: Line


class LaidSlot(Model):
    """A position of a layout that a page is working on; product id 1 is an empty one."""

    row: Line
    column: Line
    product_id: int | None = None


class Layout(Model):
    """A layout that a page is working on; without slots, the stored planogram is meant."""

    device_id: Id | None = None
    cabinet_id: Index = 0
    slots: Annotated[list[LaidSlot], Field(max_length=MOST_SLOTS, default_factory=list)]
