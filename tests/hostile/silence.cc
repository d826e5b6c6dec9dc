#include "tests/hostile/silence.h"

#include <unistd.h>

#include "base/check.h"

namespace faceveil::test {

StandardErrorCatch::StandardErrorCatch() : file_(std::tmpfile()), real_error_(dup(2)) {
  CHECK(file_ != nullptr && real_error_ >= 0);
  std::fflush(stderr);
  CHECK(dup2(fileno(file_), 2) == 2);
}

StandardErrorCatch::~StandardErrorCatch() {
  std::fflush(stderr);
  dup2(real_error_, 2);
  close(real_error_);
  std::fclose(file_);
}

std::string StandardErrorCatch::text() const {
  std::fflush(stderr);
  std::string text(4096, '\0');
  const ssize_t size = pread(fileno(file_), text.data(), text.size(), 0);
  text.resize(size > 0 ? static_cast<size_t>(size) : 0);
  return text;
}

}  // namespace faceveil::test
