// Pictures that films' jobs lay over faces: a film is a request's whole body, so they come before
// it, in requests of their own.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <string>

#include "pipeline/pipeline.h"

namespace faceveil {

// In memory, as many as a few people need at a time and for an hour at most; a film that has begun
// keeps its own. May be called from many threads at once.
class Covers {
 public:
  // The id under which it is found; the oldest goes where there are too many.
  std::string add(CoverPicture);
  // Null where there is none of this id (any more).
  std::shared_ptr<const CoverPicture> find(const std::string& id);

 private:
  struct Entry {
    std::string id;
    std::shared_ptr<const CoverPicture> cover;
    std::chrono::steady_clock::time_point came;
  };
  void drop_old();

  std::mutex mutex_;
  std::deque<Entry> entries_;  // The oldest first.
};

}  // namespace faceveil
