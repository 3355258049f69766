"""Rasa's custom actions in the server's own process: no HTTP hop, and no second process that can be down."""
from __future__ import annotations

import logging
from typing import Any, Optional

from rasa.core.actions.action import ActionExecutionRejection
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection as RejectionBySdk

from bot import once

log = logging.getLogger(__name__)


class InProcessActions(EndpointConfig):
    """Looks to Rasa like an action server."""

    def __init__(self, package: str = "actions") -> None:
        super().__init__(url="inprocess://actions")
        self._executor = ActionExecutor()
        self.problem = ""
        try:
            self._executor.register_package(package)
        except (Exception, SystemExit) as error:  # the SDK exits the whole process if one action cannot be imported
            self.problem = type(error).__name__
            log.error("actions_not_loaded error=%s", self.problem)
        once.prepare()

    async def request(self, method: str = "post", subpath: Optional[str] = None, content_type: Optional[str] = "application/json",
                      compress: bool = False, **kwargs: Any) -> Optional[Any]:
        """Run the action that Rasa asks for."""
        try:
            return await self._executor.run(kwargs["json"])
        except RejectionBySdk as error:
            raise ActionExecutionRejection(error.action_name) from None
