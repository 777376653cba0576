"""One line for a quantity, so that tables of cases stay readable."""


def shown(quantity):
    number = "" if quantity.number is None else str(quantity.number)
    high = "" if quantity.number_high is None else f"~{quantity.number_high}"
    unit = (quantity.unit or "") + (f" per {quantity.per}" if quantity.per else "")
    span = f"{quantity.earliest or ''}..{quantity.latest or ''}"
    parts = (
        quantity.kind.value,
        f"{quantity.comparator or ''}{number}{high}",
        unit,
        "" if span == ".." else span,
        "?" if quantity.doubtful else "",
    )
    return " ".join(part for part in parts if part)
