// The steps of the work on one picture, for those who show how far it is or may stop it.
#pragma once

#include <cstdint>
#include <functional>

#include "base/stop.h"

namespace faceveil {

// In their order; hiding and checking come again where looking again found a face.
enum class WorkStep : uint8_t { looking, hiding, checking };

// Called before each step. An error ends the work with it.
using BeforeStep = std::function<Status(WorkStep)>;

inline Status begin_step(const BeforeStep& before, WorkStep step) {
  return before ? before(step) : Status();
}

}  // namespace faceveil
