// Where tests by lot begin.
#pragma once

#include <cstdint>

namespace faceveil::test {

// Another one each run, unless FACEVEIL_TEST_SEED names it; printed in either case, so that a run
// can be repeated.
uint32_t first_seed();

}  // namespace faceveil::test
