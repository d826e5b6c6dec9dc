// Tells a job's client that nothing is left to do: the one connection that the server ever makes,
// and only to addresses that it was started with (app/commands/serve.cc; the kernel refuses it
// otherwise).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace faceveil {

// An address is "http://HOST:PORT" or "http://HOST:PORT/..." of one of those allowed; empty is
// nobody. Errors: bad_input, naming the option.
Status check_webhook(const std::string& address, const std::vector<std::string>& allowed);

// POSTs the job's JSON there. Tried once; failure is only logged.
void call_webhook(const std::string& address, const std::string& job);

// Calls tried since the start.
int64_t webhook_calls();

}  // namespace faceveil
