"""The Young Safeguarders' wording lab: the group reads what the service says, and changes it."""
