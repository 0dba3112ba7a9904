"""What all tests share."""

import pytest
from hypothesis import HealthCheck, settings

# How quick the machine is, and how busy, is no property of the code.
settings.register_profile("privaudit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("privaudit")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected reports anew; then read the diff")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
