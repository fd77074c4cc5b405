"""The rows of an opt-out list in Redis: one hash, read and written by scripts.

The list is one key, so it is there as a whole or not at all: ``rows`` counts the rows, ``head`` is the digest of the
last, ``row:7`` is the seventh as JSON, and ``of:…`` has the numbers of all rows of one telephone, which stands there by
its digest. The chain needs SHA-256, which Redis does not offer to scripts: so the rows are made here, and are written
only if the list still ends where they begin.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from twilio_sms.stores.opt_out_chain import GENESIS, Link, is_whole
from twilio_sms.stores.redis_script import Script, read_flag, read_integer, read_list, read_text


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of the list as they lie there, unread, and where it ends."""

    count: int
    head: str
    texts: tuple[object, ...]

    def links(self) -> list[Link]:
        """Read the rows; raise `ValueError` or `TypeError` for one that is not as it was written."""
        return [read_link(text) for text in self.texts]

    def whole_links(self) -> Iterator[Link]:
        """Read the rows up to the first that is not as it was written."""
        with suppress(ValueError, TypeError):
            for text in self.texts:
                yield read_link(text)


def to_json(link: Link) -> str:
    return json.dumps([link.row, link.previous, link.digest, *link.record], separators=(",", ":"))


def read_link(text: object) -> Link:
    """Read what `to_json` wrote; raise `ValueError` or `TypeError` for anything else."""
    row, previous, digest, *record = json.loads(read_text(text))
    link = Link(row, previous, digest, tuple(record))
    if not isinstance(row, int) or not is_whole(link):
        raise ValueError("a row is not as it was written")
    return link


def _read_rows(reply: object) -> Rows:
    count, head, texts = read_list(reply)
    return Rows(read_integer(count), read_text(head), tuple(read_list(texts)))


_END = f"""
local count = tonumber(redis.call('HGET', KEYS[1], 'rows') or 0)
local head = redis.call('HGET', KEYS[1], 'head') or '{GENESIS}'
"""
ROWS_OF = Script(
    _END
    + """
local found = {}
for _, number in ipairs(ARGV) do
  local rows = redis.call('HGET', KEYS[1], 'of:' .. number) or ''
  for row in string.gmatch(rows, '%d+') do
    table.insert(found, redis.call('HGET', KEYS[1], 'row:' .. row) or '')
  end
end
return {count, head, found}
""",
    _read_rows,
)
# Which rows are found for each telephone, as a text.
INDEX = Script(
    """
local found = {}
for i, number in ipairs(ARGV) do found[i] = redis.call('HGET', KEYS[1], 'of:' .. number) or '' end
return found
""",
    lambda reply: [read_text(rows) for rows in read_list(reply)],
)
PAGE = Script(
    _END
    + """
local found = {}
for row = tonumber(ARGV[1]), math.min(count, tonumber(ARGV[2])) do
  table.insert(found, redis.call('HGET', KEYS[1], 'row:' .. row) or '')
end
return {count, head, found}
""",
    _read_rows,
)
# ARGV: how many rows there are, their head, what becomes their head; then for each new row its telephone and its JSON.
APPEND = Script(
    _END
    + """
if count ~= tonumber(ARGV[1]) or head ~= ARGV[2] then return 0 end
for i = 4, #ARGV, 2 do
  count = count + 1
  local of, row = 'of:' .. ARGV[i], string.format('%d', count)
  local rows = redis.call('HGET', KEYS[1], of)
  redis.call('HSET', KEYS[1], 'row:' .. row, ARGV[i + 1])
  redis.call('HSET', KEYS[1], of, rows and rows .. ',' .. row or row)
end
redis.call('HSET', KEYS[1], 'rows', string.format('%d', count))
redis.call('HSET', KEYS[1], 'head', ARGV[3])
return 1
""",
    read_flag,
)
