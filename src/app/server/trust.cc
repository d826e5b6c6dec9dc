#include "app/server/trust.h"

#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>

#include "app/server/jobs/webhook.h"
#include "app/server/security.h"

namespace faceveil {
namespace {

nlohmann::ordered_json peers_json(const HttpTraffic::Peers& peers) {
  return {{"connections", peers.connections.load()},
          {"received_bytes", peers.received_bytes.load()},
          {"sent_bytes", peers.sent_bytes.load()}};
}

// Their names as the kernel has them; nameless ones have a number in it. Memory is none.
std::set<std::string> files_open_for_writing() {
  std::set<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", error)) {
    struct stat link = {}, file = {};
    if (lstat(entry.path().c_str(), &link) != 0 || !(link.st_mode & S_IWUSR)) continue;
    if (stat(entry.path().c_str(), &file) != 0 || !S_ISREG(file.st_mode)) continue;
    const std::string target = std::filesystem::read_symlink(entry.path(), error).string();
    if (!target.starts_with("/memfd:")) files.insert(target);
  }
  return files;
}

}  // namespace

// The filter answers before the kernel looks at the descriptor, which is none.
bool kernel_forbids_outgoing() { return connect(-1, nullptr, 0) != 0 && errno == EPERM; }

OpenFiles::OpenFiles() : left_to_us_(files_open_for_writing()) {}

size_t OpenFiles::count_outside(const std::filesystem::path& folder) const {
  const std::string inside = folder.string() + "/";
  const auto files = files_open_for_writing();
  return static_cast<size_t>(std::ranges::count_if(files, [&](const std::string& file) {
    return !left_to_us_.contains(file) && !file.starts_with(inside);
  }));
}

std::string format_trust(const TrustFacts& facts) {
  const bool local = is_loopback(facts.listens_on) && facts.traffic.network.connections == 0;
  const nlohmann::ordered_json json = {{"since", facts.since},
                                       {"outgoing_forbidden", kernel_forbids_outgoing()},
                                       {"outgoing_connections", webhook_calls()},
                                       {"listens_on", facts.listens_on},
                                       {"loopback_only", local},
                                       {"encrypted", facts.encrypted},
                                       {"peers",
                                        {{"loopback", peers_json(facts.traffic.loopback)},
                                         {"network", peers_json(facts.traffic.network)}}},
                                       {"originals_in_memory", facts.originals.originals},
                                       {"originals_bytes", facts.originals.bytes},
                                       {"originals_on_disk", facts.originals_on_disk},
                                       {"retention_s", facts.retention.count()}};
  return json.dump();
}

}  // namespace faceveil
