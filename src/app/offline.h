// "Offline" as a fact, not a promise: the kernel is told to refuse, for the rest of this process's
// life, what would send anything out (seccomp).
#pragma once

#include "base/result.h"

namespace faceveil {

// No network socket can be made any more. For commands that work on files.
Status forbid_network();

// Connections can be accepted, none can be opened. For the server.
Status forbid_outgoing();

}  // namespace faceveil
