"""A cell of a CSV file that no spreadsheet takes for a formula.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@``, also in full width or after a tab or a line
break, for a formula, and a phone number begins with a plus. So such a cell gets an apostrophe before it, and so does
one that begins with an apostrophe: what was put there can be told from what was there. Source: OWASP, "CSV Injection".
"""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def to_cell(text: str) -> str:
    """Return *text* as a cell that a spreadsheet shows and does not compute.

    >>> to_cell("+15551234567")
    "'+15551234567"
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def from_cell(cell: str) -> str:
    """Return the text that `to_cell` made *cell* of; any other cell stays as it is."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
