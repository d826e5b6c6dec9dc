// The wall around libjpeg's longjmp.
#pragma once

// clang-format off
#include <cstddef>
#include <cstdio>
#include <jpeglib.h>  // Needs the two above it.
// clang-format on

#include <csetjmp>
#include <type_traits>

#include "base/result.h"

namespace faceveil {

// libjpeg's error manager, with our way out. Zero-initialised; install() makes it ready.
struct JpegErrors {
  jpeg_error_mgr manager;  // First: libjpeg hands its address back.
  std::jmp_buf way_out;
  int code;          // libjpeg's J_MESSAGE_CODE, or too_many_scans.
  bool stray_bytes;  // libjpeg skipped bytes that belong to nothing.

  static constexpr int too_many_scans = -1;
};

// Makes errors, and the warnings that mean damage, leave by guarded(). Nothing is printed.
void install(JpegErrors&, j_common_ptr);

// Leaves the guarded steps with `code`.
[[noreturn]] void leave(j_common_ptr, int code);

// Runs `steps`; false if libjpeg gave up on the way. It leaves by longjmp, so that `steps`, and
// what it calls, may use nothing that has a destructor: only libjpeg and plain memory.
template <typename Steps>
bool guarded(JpegErrors& errors, const Steps& steps) {
  static_assert(std::is_trivially_destructible_v<Steps>);
  if (setjmp(errors.way_out) != 0) return false;
  steps();
  return true;
}

// What to tell the person after guarded() was false.
tl::unexpected<Error> jpeg_failure(const JpegErrors&);

}  // namespace faceveil
