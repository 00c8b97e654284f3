"""The form of the figures as JSON Schema (2020-12), written from the definitions."""

from typing import Any

from reports import defined
from reports.definitions import Table

TEXT = {"type": ["string", "null"]}
COUNT = {"type": ["integer", "null"], "minimum": 0}


def schema(figures: dict[str, Any]) -> dict[str, Any]:
    """The form of these figures, in the version of the definitions that they follow."""
    totals = {
        one.name: COUNT | {"description": str(one.definition)} for one in defined.totals(figures)
    }
    totals["mean_rating"] = TEXT
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Jianbei: the figures of a period and region",
        **_object(
            {
                "year": {"type": "integer"},
                "definitions": {"const": figures["definitions"]},
                "period": _object({name: {"type": "string"} for name in ("key", "first", "last")}),
                "region": _object({name: {"type": "string"} for name in ("code", "name", "kind")}),
                "totals": _object(totals),
                "tables": _object({table.name: _rows(table) for table in defined.tables(figures)}),
                "indicators": _coded(
                    {
                        "numerator": COUNT,
                        "denominator": COUNT,
                        "value": {"type": ["string", "null"]},
                    },
                    [one.name for one in defined.indicators(figures)],
                ),
                "missing": _coded({"count": COUNT}, [one.name for one in defined.missing(figures)]),
                "checks": _coded({"sum": COUNT, "total": COUNT}, None),
            }
        ),
    }


def _object(properties: dict[str, Any], also: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(set(properties) - set(also)),
        "additionalProperties": False,
    }


def _rows(table: Table) -> dict[str, Any]:
    cells: dict[str, Any] = {column.name: COUNT for column in table.columns}
    cells |= {ratio.name: TEXT | {"description": str(ratio.label)} for ratio in table.ratios}
    named = {"code": {"type": "string"}, "name": {"type": "string"}}
    return {
        "type": "array",
        "description": str(table.definition),
        "items": _object(cells | named, ("name",)),
    }


def _coded(cells: dict[str, Any], codes: list[str] | None) -> dict[str, Any]:
    code: dict[str, Any] = {"type": "string"} if codes is None else {"enum": codes}
    return {"type": "array", "items": _object(cells | {"code": code})}
