// Tells a job's client that nothing is left to do: the one connection that the server ever makes,
// and only to addresses that it was started with (app/commands/serve.cc; the kernel refuses it
// otherwise).
#pragma once

#include <cstdint>

#include "app/server/jobs/jobs.h"

namespace faceveil {

// POSTs the job as JSON to its webhook, if it has one. Tried once; failure is only logged.
void call_webhook(const JobView&, const JobSettings&);

// Calls tried since the start.
int64_t webhook_calls();

}  // namespace faceveil
