// Work over all cores, in a way that cannot change results: items are independent, and each writes
// only its own slot.
#pragma once

#include <cstddef>
#include <functional>

namespace faceveil {

// Cores that this process may use (sched_getaffinity), at least 1.
int core_count();

// Calls work(i) once for each i in [0, count), on up to `thread_count` threads (the caller's
// included), and returns when all are done. Items are handed out in ascending order. `work` must
// not throw.
void parallel_for(size_t count, int thread_count, const std::function<void(size_t)>& work);

}  // namespace faceveil
