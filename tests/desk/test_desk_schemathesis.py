"""Schemathesis tries what nobody would think of, on what front doors send and on every page: nothing breaks, every refusal has reasons."""
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import GenerationConfig  # noqa: F401
