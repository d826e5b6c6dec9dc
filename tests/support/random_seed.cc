#include "tests/support/random_seed.h"

#include <cstdio>
#include <cstdlib>
#include <random>

namespace faceveil::test {

uint32_t first_seed() {
  const char* said = std::getenv("FACEVEIL_TEST_SEED");
  const uint32_t seed = said && *said ? static_cast<uint32_t>(std::strtoul(said, nullptr, 10))
                                      : std::random_device()();
  std::printf("[     SEED ] FACEVEIL_TEST_SEED=%u\n", seed);
  return seed;
}

}  // namespace faceveil::test
