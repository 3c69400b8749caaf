"""Build hook: a real wheel carries the model and the demo's configuration; an editable install uses the checkout's
own.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShippedFiles(BuildHookInterface):
    """Copies models/dutch and config/demo.toml into socialwatch/shipped/ of the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"] |= {
                "models/dutch": "socialwatch/shipped/dutch",
                "config/demo.toml": "socialwatch/shipped/demo.toml",
            }
