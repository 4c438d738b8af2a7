-- How many requests to one source may start now. All workers share these keys.
-- KEYS: slots in use (member → end of lease), starts of the last minute, the source's state
-- ARGV: token, wanted, concurrency, per_minute, least seconds between two, lease seconds, 1 if each
--       takes a place of its own, 0 if they follow at places that are taken
-- Gives {granted, seconds to wait where none was}.
local clock = redis.call('TIME')
local now = tonumber(clock[1]) + tonumber(clock[2]) / 1e6
local token, wanted = ARGV[1], tonumber(ARGV[2])
local concurrency, per_minute = tonumber(ARGV[3]), tonumber(ARGV[4])
local pause, lease = tonumber(ARGV[5]), tonumber(ARGV[6])
-- A request starts a moment after its leave; a window of exactly a minute would let one too many by.
local window = 61

redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - window)

local closed_until = tonumber(redis.call('HGET', KEYS[3], 'closed_until') or 0)
if closed_until > now then
    return {0, tostring(closed_until - now)}
end
local failures = tonumber(redis.call('HGET', KEYS[3], 'failures') or 0)
local limit = tonumber(redis.call('HGET', KEYS[3], 'limit') or 0)
-- A breaker whose time is over lets one request through to see, and none behind it.
if limit > 0 and failures >= limit and ARGV[7] ~= '1' then
    return {0, '1'}
end
local most = (limit > 0 and failures >= limit) and 1 or wanted

local own = ARGV[7] == '1'
local free = own and concurrency - redis.call('ZCARD', KEYS[1]) or wanted
local room = per_minute - redis.call('ZCARD', KEYS[2])
local granted = math.min(most, free, room)
if pause > 0 then
    local last = tonumber(redis.call('HGET', KEYS[3], 'last') or 0)
    if last + pause > now then
        return {0, tostring(last + pause - now)}
    end
    granted = math.min(granted, 1)
end
if granted <= 0 then
    local wait = 1
    if room <= 0 then
        local oldest = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
        wait = oldest[2] + window - now
    end
    return {0, tostring(wait)}
end
for number = 1, granted do
    if own then redis.call('ZADD', KEYS[1], now + lease, token .. number) end
    redis.call('ZADD', KEYS[2], now, token .. number)
end
redis.call('HSET', KEYS[3], 'last', now)
redis.call('EXPIRE', KEYS[1], 600)
redis.call('EXPIRE', KEYS[2], 120)
return {granted, '0'}
