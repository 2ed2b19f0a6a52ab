"""Lists page by page: an array stays an array, and the headers tell where the next page is."""

from typing import Annotated
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from chalicelib.kit.answer import Json
from chalicelib.kit.models import Model
from chalicelib.kit.sheet import Sheet

LARGEST_PAGE = 500

PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]
PageSize = Annotated[int, Field(ge=1, le=LARGEST_PAGE)]


class Paged(Model):
    """Which page of a list that is otherwise given whole, up to its bound.

    With `page`, the answer has the rows of that page alone, and its `Link` header names the next and the one before.
    """

    page: PageNumber | None = None
    per_page: PageSize = 100

    def limit(self, longest: int) -> int:
        """How many rows to give: those of a page, or of the longest list."""
        return longest if self.page is None else self.per_page

    @property
    def offset(self) -> int:
        """How many rows come before."""
        return 0 if self.page is None else (self.page - 1) * self.per_page


def shown(content: object, sheet: Sheet | None) -> int | None:
    """How many rows an answer has: an array, or what its sheet says are its rows; None where it has none."""
    if isinstance(content, Json):
        return content.rows
    rows = content
    for name in filter(None, sheet.rows.split(".") if sheet else ()):
        rows = getattr(rows, name, None)
    return len(rows) if isinstance(rows, list) else None


def link(query: BaseModel | None, shown: int) -> dict[str, str]:
    """The `Link` header of a page on which so many rows are shown (RFC 8288); nothing where no page was asked for.

    A page that is full may have a next one, which may turn out to be empty.
    """
    if not isinstance(query, Paged) or query.page is None:
        return {}
    places = [("prev", query.page - 1, query.page > 1), ("next", query.page + 1, shown == query.per_page)]
    links = [f'<?{_asking(query, page)}>; rel="{name}"' for name, page, is_there in places if is_there]
    return {"Link": ", ".join(links)} if links else {}


def _asking(query: Paged, page: int) -> str:
    asked = query.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return urlencode({**asked, "page": page}, doseq=True)


def following(query: BaseModel | None, content: object) -> BaseModel | None:
    """The query of the next page, or None where a list has no pages.

    A list is paged by number (`page` with `per_page` or `limit`), or by the place after which it goes on (`before`,
    told as `next`).
    """
    if query is None:
        return None
    fields = type(query).model_fields
    if "before" in fields:
        place = getattr(content, "next", None)
        return None if place is None else query.model_copy(update={"before": place})
    if "page" not in fields:
        return None
    return query.model_copy(update={"page": (getattr(query, "page", None) or 1) + 1})


def widest(query: BaseModel | None) -> BaseModel | None:
    """The same query from its first page on, with pages as large as they may be."""
    if query is None or "page" not in type(query).model_fields:
        return query
    fields = type(query).model_fields
    size = "per_page" if "per_page" in fields else "limit"
    bounds = [getattr(one, "le", None) for one in fields[size].metadata]
    largest = next((int(bound) for bound in bounds if bound is not None), LARGEST_PAGE)
    return query.model_copy(update={"page": 1, size: largest})
