#include "app/server/trust.h"

#include <sys/socket.h>

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

}  // namespace

// The filter answers before the kernel looks at the descriptor, which is none.
bool kernel_forbids_outgoing() { return connect(-1, nullptr, 0) != 0 && errno == EPERM; }

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
                                       {"originals_on_disk", 0},
                                       {"retention_s", facts.retention.count()}};
  return json.dump();
}

}  // namespace faceveil
