-- For wrk: each request posts the next of the pictures in LOAD_PICTURES; afterwards the statuses are
-- printed, one a line.
local pictures = {}
for name in (os.getenv("LOAD_PICTURES") or ""):gmatch("[^:]+") do
  local file = assert(io.open(name, "rb"))
  pictures[#pictures + 1] = file:read("*a")
  file:close()
end

local threads = {}

function setup(thread)
  thread:set("number", #threads)
  threads[#threads + 1] = thread
end

function init()
  statuses = {}
  sent = number
end

function request()
  sent = sent + 1
  local body = pictures[sent % #pictures + 1]
  return wrk.format("POST", nil, { ["Content-Type"] = "image/jpeg" }, body)
end

function response(status)
  statuses[tostring(status)] = (statuses[tostring(status)] or 0) + 1
end

function done(summary)
  local all = {}
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("statuses")) do
      all[status] = (all[status] or 0) + count
    end
  end
  for status, count in pairs(all) do print("status " .. status .. " " .. count) end
  local errors = summary.errors
  print("broken " .. errors.connect + errors.read + errors.write + errors.timeout)
  print("seconds " .. summary.duration / 1e6)
end
