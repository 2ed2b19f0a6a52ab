"""Products that come in bulk: each is found by its SKU or else by its name, and written where it differs."""

from collections.abc import Sequence

from chalicelib.catalog import events, queries
from chalicelib.catalog.queries import KnownProduct, ProductFacts
from chalicelib.kit.bulk import CREATED, UNCHANGED, UPDATED, Outcome
from chalicelib.kit.call import Call
from chalicelib.kit.events import changes
from chalicelib.kit.values import value


@value(kw_only=True)
class IncomingProduct:
    """A product as a file has it. What it does not say of a known product stays as it is."""

    name: str
    category: str
    price_cents: int
    cost_cents: int | None = None
    image_url: str | None = None
    sku: str | None = None


def bring_in(call: Call, products: Sequence[IncomingProduct]) -> list[Outcome]:
    """Write products, in a number of statements that does not depend on how many they are; the outcome of each.

    No two of them may have the same SKU or name. A name or SKU that another product has is for the database to refuse.
    """
    known = queries.lock_known(
        call.db,
        skus=[product.sku.lower() for product in products if product.sku],
        names=[product.name.lower() for product in products],
    )
    by_sku = {product.sku.lower(): product for product in known if product.sku}
    by_name = {product.name.lower(): product for product in known}
    categories = queries.category_ids(call.db, sorted({product.category for product in products}))
    pairs: list[tuple[ProductFacts, KnownProduct | None]] = []
    for product in products:
        old = by_sku.get((product.sku or "").lower()) or by_name.get(product.name.lower())
        pairs.append((_facts(product, categories[product.category.lower()], old), old))
    _create(call, [facts for facts, old in pairs if old is None])
    _update(call, [(facts, old) for facts, old in pairs if old is not None and facts != _own(old)])
    return [_outcome(facts, old) for facts, old in pairs]


def _facts(product: IncomingProduct, category_id: int, old: KnownProduct | None) -> ProductFacts:
    return ProductFacts(
        name=product.name,
        category_id=category_id,
        price_cents=product.price_cents,
        cost_cents=product.cost_cents if product.cost_cents is not None or old is None else old.cost_cents,
        image_url=product.image_url or (old.image_url if old else None),
        sku=product.sku or (old.sku if old else None),
    )


def _own(known: KnownProduct) -> ProductFacts:
    return ProductFacts(known.name, known.category_id, known.price_cents, known.cost_cents, known.image_url, known.sku)


def _outcome(facts: ProductFacts, old: KnownProduct | None) -> Outcome:
    if old is None:
        return CREATED
    return UNCHANGED if facts == _own(old) else UPDATED


def _create(call: Call, products: Sequence[ProductFacts]) -> None:
    if not products:
        return
    ids = queries.insert_products(call.db, products, call.now)
    for product_id, facts in zip(ids, products, strict=True):
        call.record(events.ProductCreated(resource_id=product_id, name=facts.name, after=vars(facts)))


def _update(call: Call, products: Sequence[tuple[ProductFacts, KnownProduct]]) -> None:
    if not products:
        return
    queries.update_products(call.db, [KnownProduct(**vars(facts), id=old.id) for facts, old in products], call.now)
    for facts, old in products:
        before, after = changes(vars(_own(old)), vars(facts))
        call.record(events.ProductUpdated(resource_id=old.id, name=facts.name, before=before, after=after))
