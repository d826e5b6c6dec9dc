// What the trust panel shows: the server's own record of its sockets.
#pragma once

#include <string>

#include "app/server/http.h"
#include "app/server/jobs/jobs.h"

namespace faceveil {

struct TrustFacts {
  std::string since, listens_on;
  bool encrypted = false;
  const HttpTraffic& traffic;
  Jobs::Memory originals;
  std::chrono::seconds retention;
};

// As the schema Trust of docs/openapi.json.
std::string format_trust(const TrustFacts&);

// Whether the kernel refuses this process connections to elsewhere: it is asked, not believed.
bool kernel_forbids_outgoing();

}  // namespace faceveil
