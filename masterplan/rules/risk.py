"""How grave a risk is."""


def risk_level(likelihood: int, impact: int) -> str:
    """From 1 to 3 each. High is what is likely and felt, or possible and severe; low what is at most one step from
    both lowest."""
    weight = likelihood * impact
    if weight >= 6:
        return "HIGH"
    return "MEDIUM" if weight >= 3 else "LOW"
