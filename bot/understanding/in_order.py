"""Run Rasa's graph node by node, in an order that is worked out once. Rasa's own runner plans the graph anew at every message."""
from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from rasa.engine.graph import ExecutionContext, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage


class InOrder(GraphRunner):
    """Gives what ``DaskGraphRunner`` gives, for a graph that was loaded to answer messages."""

    def __init__(self, loaded: DaskGraphRunner) -> None:
        """Take over the nodes of a runner that is loaded."""
        self._schema, self._nodes = loaded._graph_schema, loaded._instantiated_nodes
        self._orders: Dict[Tuple[str, ...], List[Tuple[str, Tuple[str, ...]]]] = {}

    @classmethod
    def create(cls, graph_schema: GraphSchema, model_storage: ModelStorage, execution_context: ExecutionContext,
               hooks: Optional[List[GraphNodeHook]] = None) -> "InOrder":
        """Load the nodes and run them in order."""
        return cls(DaskGraphRunner.create(graph_schema, model_storage, execution_context, hooks))

    def run(self, inputs: Optional[Dict[str, Any]] = None, targets: Optional[List[str]] = None) -> Dict[str, Any]:
        """Run what the ``targets`` need. Returns the output of each. Raises what a node raises."""
        wanted = tuple(targets or self._schema.target_names)
        if wanted not in self._orders:
            self._orders[wanted] = self._order(wanted)
        done: Dict[str, Tuple[str, Any]] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._orders[wanted]:
            done[name] = self._nodes[name](*(done.get(need, need) for need in needs))
        return dict(done[name] for name in wanted)

    def _order(self, targets: Tuple[str, ...]) -> List[Tuple[str, Tuple[str, ...]]]:
        nodes = self._schema.minimal_graph_schema(list(targets)).nodes
        order: List[Tuple[str, Tuple[str, ...]]] = []
        seen = set()

        def visit(name: str) -> None:
            if name in seen or name not in nodes:     # what is not a node is given with each message
                return
            seen.add(name)
            needs = tuple(nodes[name].needs.values())
            for need in needs:
                visit(need)
            order.append((name, needs))

        for target in targets:
            visit(target)
        return order
