"""A circuit breaker's moves as scripts, so that each is one step for all processes.

What follows what is the table of `breaker_table`, written out in Lua; what a deed does is as in `breaker`. A trial is a
lease: it is known by its number and ends by itself, also if the process that made it was killed.

Epochs are never used twice. A breaker that Redis does not know (it is new, it was idle for a day, Redis was emptied)
begins with the server's microsecond as its epoch, and each change takes the next number, which no clock overtakes: so
a result from before counts as late. If the server's clock was set back, a rest or a lease lasts no longer than a whole
one from then on.
"""

from dataclasses import dataclass

from twilio_sms.resilience.breaker import BreakerPolicy
from twilio_sms.resilience.breaker_table import FOLLOWS, State
from twilio_sms.resilience.trials import ask_again_seconds
from twilio_sms.stores.redis_script import NOW, WHOLE, Script, read_flag, read_integer, read_list, read_text

_US = 1_000_000
_IDLE_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How the breaker stands after a move, and what came of the move."""

    is_taken: bool  # the call may go out, or its result counted
    epoch: int
    trial: int | None
    state: State
    wait_seconds: float
    failures: int


def limits_of(policy: BreakerPolicy) -> list[int]:
    """Return what each script is told of *policy*, in order: times in microseconds, and the life in milliseconds."""
    open_us, out_us = round(policy.open_seconds * _US), round(policy.max_half_open_seconds * _US)
    ask_again_us = round(ask_again_seconds(policy.open_seconds) * _US)
    return [policy.failures, open_us, policy.trials, out_us, (open_us + out_us) // 1000 + _IDLE_MS, ask_again_us]


def _read(reply: object) -> Told:
    taken, epoch, trial, state, wait_us, failures = read_list(reply)
    return Told(
        is_taken=read_flag(taken),
        epoch=read_integer(epoch),
        trial=read_integer(trial) or None,
        state=State[read_text(state)],
        wait_seconds=read_integer(wait_us) / _US,
        failures=read_integer(failures),
    )


def _lua_table() -> str:
    """Return FOLLOWS in Lua: by the names of state and event, the names of the next state and the deed."""
    rows = {
        before: ", ".join(
            f"{event.name} = {{'{step.state.name}', '{step.deed.name}'}}"
            for (state, event), step in FOLLOWS.items()
            if state is before
        )
        for before in State
    }
    return "".join(f"FOLLOWS.{state.name} = {{{row}}}\n" for state, row in rows.items())


_BREAKER = (
    f"""
local FOLLOWS = {{}}
{_lua_table()}
"""
    + """
local limit, open_us, places, out_us = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local life_ms, ask_again_us = tonumber(ARGV[5]), tonumber(ARGV[6])
local breaker = {state = 'CLOSED', epoch = now, failures = 0, rested = 0, free = places, begun = 0}
local out, is_changed = {}, false

local function not_beyond(moment, from_now)
  if moment <= now + from_now then return moment end
  is_changed = true
  return now + from_now
end

local function load()
  local stored = redis.call('HGETALL', KEYS[1])
  for i = 1, #stored, 2 do
    local trial = string.match(stored[i], '^out:(%d+)$')
    if trial then
      out[tonumber(trial)] = not_beyond(tonumber(stored[i + 1]), out_us)
    else
      breaker[stored[i]] = tonumber(stored[i + 1]) or stored[i + 1]
    end
  end
  breaker.rested = not_beyond(breaker.rested, open_us)
  return #stored > 0
end

local function save()
  local fields = {}
  for name, value in pairs(breaker) do
    table.insert(fields, name)
    table.insert(fields, name == 'state' and value or whole(value))
  end
  for trial, due in pairs(out) do
    table.insert(fields, 'out:' .. trial)
    table.insert(fields, whole(due))
  end
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], unpack(fields))
  redis.call('PEXPIRE', KEYS[1], life_ms)
end

local function change(state)
  breaker.state, breaker.epoch = state, breaker.epoch + 1
  breaker.free, breaker.begun, out = places, 0, {}
  if state == 'CLOSED' then breaker.failures = 0 end
  if state == 'OPEN' then breaker.rested = now + open_us end
  is_changed = true
end

local function notice(moment) change(FOLLOWS[breaker.state][moment][1]) end

local function free(trial)
  out[trial], breaker.free, is_changed = nil, breaker.free + 1, true
end

local function wait_us()
  if breaker.state == 'OPEN' then return math.max(0, breaker.rested - now) end
  if breaker.free > 0 then return 0 end
  local first = ask_again_us
  for _, due in pairs(out) do first = math.min(first, math.max(0, due - now)) end
  return first
end

local function told(taken, trial)
  if is_changed then
    save()
  elseif redis.call('PTTL', KEYS[1]) < life_ms / 2 then
    redis.call('PEXPIRE', KEYS[1], life_ms)
  end
  return {taken, breaker.epoch, trial, breaker.state, wait_us(), breaker.failures}
end
"""
)

ADMIT = Script(
    NOW
    + WHOLE
    + _BREAKER
    + """
local function begin_trial()
  for trial, due in pairs(out) do
    if due <= now then free(trial) end
  end
  if breaker.free == 0 then return 0 end
  breaker.free, breaker.begun, is_changed = breaker.free - 1, breaker.begun + 1, true
  out[breaker.begun] = now + out_us
  return breaker.begun
end

if not load() then is_changed = true end
if FOLLOWS[breaker.state].ASKED[2] == 'REJECT' and now >= breaker.rested then notice('RESTED') end
local deed = FOLLOWS[breaker.state].ASKED[2]
if deed == 'ADMIT' then return told(1, 0) end
local trial = deed == 'ADMIT_TRIAL' and begin_trial() or 0
return told(trial > 0 and 1 or 0, trial)
""",
    _read,
)

NOTE = Script(
    NOW
    + WHOLE
    + _BREAKER
    + """
local DEEDS = {}
function DEEDS.FORGET_FAILURES()
  if breaker.failures > 0 then breaker.failures, is_changed = 0, true end
end
function DEEDS.COUNT_FAILURE()
  breaker.failures, is_changed = breaker.failures + 1, true
  return breaker.failures == limit and 'FAILED_IN_A_ROW' or nil
end
function DEEDS.FREE_TRIAL(trial) free(trial) end
function DEEDS.COUNT_TRIAL(trial)
  out[trial], is_changed = nil, true
  return next(out) == nil and breaker.free == 0 and 'TRIALS_PASSED' or nil
end
function DEEDS.NOTHING() end

local epoch, trial, outcome = tonumber(ARGV[7]), tonumber(ARGV[8]), ARGV[9]
if not load() or epoch ~= breaker.epoch or (trial > 0 and not out[trial]) then return told(0, 0) end
local step = FOLLOWS[breaker.state][outcome]
local moment = DEEDS[step[2]](trial)
if step[1] ~= breaker.state then change(step[1]) end
if moment then notice(moment) end
return told(1, 0)
""",
    _read,
)
