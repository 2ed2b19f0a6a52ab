"""The settings of route planning."""

import pytest

PATH = "/api/route-planning/config"
SEEDED = {
    "criticalDriThreshold": 1,
    "warningDriThreshold": 3,
    "okDriThreshold": 7,
    "autoSelectCritical": True,
    "metricsCacheTtlMinutes": 15,
    "previewHorizonDays": 5,
}


@pytest.mark.rule("US-059")
def test_everybody_sees_the_settings(driver):
    assert driver.get(PATH).json == SEEDED


@pytest.mark.rule("US-059", "BR-153")
def test_a_partial_change_keeps_the_rest_and_is_audited(manager, db):
    answer = manager.put(PATH, json={"warningDriThreshold": 5, "autoSelectCritical": False})

    assert (answer.status, answer.json) == (200, {"message": "Configuration updated successfully"})
    assert manager.get(PATH).json == {**SEEDED, "warningDriThreshold": 5, "autoSelectCritical": False}
    assert db.value("SELECT (action, before, after)::text FROM audit_events") == db.value(
        """
        SELECT ('settings.changed', '{"warning_dri_days": 3, "auto_select_critical": true}'::jsonb,
                '{"warning_dri_days": 5, "auto_select_critical": false}'::jsonb)::text
        """
    )


@pytest.mark.rule("BR-153", "US-059")
@pytest.mark.parametrize(
    "body",
    [
        {"criticalDriThreshold": 3},
        {"criticalDriThreshold": -1},
        {"okDriThreshold": 366},
        {"warningDriThreshold": 7},
        {"criticalDriThreshold": 8, "warningDriThreshold": 9},
        {"metricsCacheTtlMinutes": 0},
        {"metricsCacheTtlMinutes": 1441},
        {"previewHorizonDays": 61},
        {"criticalDriThreshold": "soon"},
    ],
)
def test_inconsistent_settings_are_refused(manager, body):
    assert manager.put(PATH, json=body).status == 400
    assert manager.get(PATH).json == SEEDED


def test_saving_what_is_there_already_leaves_no_trace(manager, db):
    assert manager.put(PATH, json=SEEDED).status == 200
    assert db.value("SELECT count(*) FROM audit_events") == 0


def test_drivers_and_viewers_do_not_change_settings(driver, viewer, client):
    assert driver.put(PATH, json={"okDriThreshold": 9}).status == 403
    assert viewer.put(PATH, json={"okDriThreshold": 9}).status == 403
    assert client.get(PATH).status == 401
