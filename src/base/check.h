// CHECK(condition): an error of our own stops the process, in every build, before it can do harm.
#pragma once

namespace faceveil {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}  // namespace faceveil

#define CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::faceveil::check_failed(#condition, __FILE__, __LINE__))
