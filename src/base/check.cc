#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace faceveil {

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "faceveil: internal error: CHECK(%s) failed at %s:%d\n", condition, file,
               line);
  std::abort();
}

}  // namespace faceveil
