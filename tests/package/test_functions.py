"""The inventory of functions: every route path and every worker is one, by its declarations."""

from pathlib import Path

import pytest

from chalicelib.kit import endpoint, worker
from tools.package.code import Cutter
from tools.package.functions import DEPENDENCIES, functions, name_of, named
from tools.package.layers import LAYERS

ROOT = Path(__file__).parents[2]
FUNCTIONS = functions()


def test_every_path_and_every_worker_is_one_function() -> None:
    paths = [function.path for function in FUNCTIONS if function.kind == "route"]
    workers = [function.declared_as for function in FUNCTIONS if function.kind != "route"]

    assert sorted(map(str, paths)) == sorted({declaration.path for declaration in endpoint.declared()})
    assert sorted(map(str, workers)) == sorted(one.name for one in worker.declared())


def test_all_methods_of_a_path_are_in_its_function() -> None:
    for declaration in endpoint.declared():
        function = named(name_of(declaration.path))
        assert declaration.method in function.methods
        assert set(declaration.grants) <= set(function.grants)
        assert declaration.memory <= function.memory
        assert declaration.timeout <= function.timeout


def test_no_route_may_take_longer_than_the_gateway_waits() -> None:
    assert {function.name for function in FUNCTIONS if function.kind == "route" and function.timeout > 29} == set()


def test_names_fit_lambda_with_the_stage_before_them() -> None:
    assert max(len(f"cvd-prod-{function.name}") for function in FUNCTIONS) <= 64
    assert len({function.logical_id for function in FUNCTIONS}) == len(FUNCTIONS)


def test_layers_that_are_asked_for_are_built() -> None:
    asked = {layer for function in FUNCTIONS for layer in function.layers}

    assert asked == {layer.name for layer in LAYERS}
    assert all(function.layers[0] == DEPENDENCIES for function in FUNCTIONS)


def test_no_function_holds_the_registry_of_all_features() -> None:
    cutter = Cutter(ROOT)

    assert {one.name for one in FUNCTIONS if "chalicelib.registry" in cutter.modules(one)} == set()


def test_migrate_alone_has_the_migrations_and_their_layer() -> None:
    assert [one.name for one in FUNCTIONS if "migrations" in one.ships] == ["worker-migrate"]
    assert [one.name for one in FUNCTIONS if "migrate" in one.layers] == ["worker-migrate"]
    assert named("worker-migrate").environment[-1] == "MIGRATION_DATABASE_URL"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/devices", "devices"),
        ("/api/devices/{device_id}", "devices-device-id"),
        ("/api/openapi.json", "openapi-json"),
    ],
)
def test_a_function_is_named_by_its_path(path: str, name: str) -> None:
    assert name_of(path) == name
