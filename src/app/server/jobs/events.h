// A job's progress as server-sent events (HTML Living Standard, 9.2).
#pragma once

#include <string>

#include "app/server/http.h"
#include "app/server/jobs/jobs.h"
#include "base/language.h"

namespace faceveil {

// Writes events until nothing of the job is left to do, it is erased, or nobody listens.
bool write_events(const Jobs&, const std::string& id, Language, const WriteBody&);

}  // namespace faceveil
