"""What all tests share: the option that rewrites expected texts."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected texts; then read the diff")
    parser.addoption(
        "--every-anki", action="store_true", help="for the gates: also the Ankis between oldest and newest"
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
