// What the trust panel shows: the server's own record of its sockets.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "app/server/http.h"
#include "app/server/jobs/jobs.h"

namespace faceveil {

struct TrustFacts {
  std::string since, listens_on;
  bool encrypted = false;
  const HttpTraffic& traffic;
  Jobs::Memory originals;
  size_t originals_on_disk = 0;
  std::chrono::seconds retention;
};

// As the schema Trust of docs/openapi.json.
std::string format_trust(const TrustFacts&);

// Regular files that this process holds open for writing, nameless ones too. Asked of the kernel.
class OpenFiles {
 public:
  // What is open now is not ours: whoever started us left it to us, an output or a log.
  OpenFiles();

  // Those opened since, outside `folder`.
  size_t count_outside(const std::filesystem::path& folder) const;

 private:
  std::set<std::string> left_to_us_;
};

// Whether the kernel refuses this process connections to elsewhere: it is asked, not believed.
bool kernel_forbids_outgoing();

}  // namespace faceveil
