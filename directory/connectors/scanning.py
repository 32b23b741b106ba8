"""
The slow, careful reading of delimited text, for files the csv module stops at.

It knows where each quote opened, and cuts a field that is too long instead of
giving up, so that the rows after it survive. Rules are those of csv with
`strict=True`: a quote opens only at the start of a field, `""` stands for one,
and after the closing quote comes a delimiter or the end of the line.
"""

from collections.abc import Iterator, Sequence

from directory.connectors.contract import UnreadableDelivery

#: A longer cell is a fault of its row (`field_too_long`).
LONGEST_CELL_CHARACTERS = 10_000

_KEPT = LONGEST_CELL_CHARACTERS + 1


class CarefulReader:
    """
    Reads records one by one from physical lines.

    row, line: numbers of the record last read; `next_line` where the next one starts.
    headers: what the columns are called in messages.
    """

    def __init__(
        self, *, lines: Iterator[str], delimiter: str, row: int, line: int, headers: Sequence[str]
    ) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._headers = headers
        self.row = row
        self.line = line
        self.next_line = line

    def __iter__(self) -> Iterator[list[str]]:
        """
        Every record's cells, each cut to one character more than a cell may hold.

        :raises UnreadableDelivery: if a quote never closes, or closes within a field.
        """
        for text in self._lines:
            self.row += 1
            self.line = self.next_line
            self.next_line += 1
            yield self._record(text)

    def _record(self, text: str) -> list[str]:
        cells: list[str] = []
        position = 0
        if not text.rstrip("\r\n"):
            return cells
        while True:
            if text.startswith('"', position):
                cell, text, position = self._quoted(text, position + 1, len(cells))
            else:
                end = text.find(self._delimiter, position)
                end = len(text.rstrip("\r\n")) if end < 0 else end
                cell, position = text[position:end][:_KEPT], end
            cells.append(cell)
            if not text.startswith(self._delimiter, position):
                return cells
            position += len(self._delimiter)

    def _quoted(self, text: str, position: int, column: int) -> tuple[str, str, int]:
        """The cell, the physical line it ends on, and the position behind its closing quote."""
        opened_line = self.next_line - 1
        cell = ""
        while True:
            quote = text.find('"', position)
            if quote < 0:
                cell = (cell + text[position:])[:_KEPT]
                following = next(self._lines, None)
                if following is None:
                    raise self._unterminated(opened_line, column)
                text, position = following, 0
                self.next_line += 1
            elif text.startswith('"', quote + 1):
                cell = (cell + text[position : quote + 1])[:_KEPT]
                position = quote + 2
            else:
                cell = (cell + text[position:quote])[:_KEPT]
                after = text[quote + 1 : quote + 2]
                if after in ("", "\r", "\n", self._delimiter):
                    return cell, text, quote + 1
                if opened_line != self.next_line - 1:
                    raise self._unterminated(opened_line, column)
                raise self._misplaced(opened_line, column)

    def _column(self, column: int) -> str:
        named = self._headers[column] if column < len(self._headers) else ""
        return f"column {column + 1} ({named})" if named else f"column {column + 1}"

    def _unterminated(self, line: int, column: int) -> UnreadableDelivery:
        return UnreadableDelivery(
            code="unterminated_quote",
            message=f"Row {self.row}, line {line}, {self._column(column)}: a quote opens there and "
            "never closes, so the rows after it cannot be told apart. Close it, or double it "
            "if it belongs to the text.",
        )

    def _misplaced(self, line: int, column: int) -> UnreadableDelivery:
        return UnreadableDelivery(
            code="misplaced_quote",
            message=f"Row {self.row}, line {line}, {self._column(column)}: the cell opens with a "
            "quote and goes on after the closing one. Double every quote that belongs to the text.",
        )
