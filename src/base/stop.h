// Work that may be stopped before it is done.
#pragma once

#include <functional>

#include "base/result.h"

namespace faceveil {

// Asked now and then, from any thread that does the work; true ends it. Absent: nobody stops it.
using StopRequested = std::function<bool()>;

// What a stopped work ends with. Nothing has been written by then.
inline tl::unexpected<Error> stopped() {
  return fail(Error::Kind::cancelled, "Stopped before it was done; nothing was written.");
}

inline Status stop_if(const StopRequested& requested) {
  if (requested && requested()) return stopped();
  return {};
}

}  // namespace faceveil
