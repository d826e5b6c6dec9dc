// Whether a library chatters: what reaches standard error belongs to the program alone.
#pragma once

#include <cstdio>
#include <string>

namespace faceveil::test {

// Takes what is written to standard error (file descriptor 2) while it lives.
class StandardErrorCatch {
 public:
  StandardErrorCatch();
  ~StandardErrorCatch();
  StandardErrorCatch(const StandardErrorCatch&) = delete;
  StandardErrorCatch& operator=(const StandardErrorCatch&) = delete;

  // Up to the first 4 kB so far.
  std::string text() const;

 private:
  std::FILE* file_;
  int real_error_;
};

}  // namespace faceveil::test
