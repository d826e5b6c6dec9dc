#include "pipeline/frames_ahead.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace faceveil {
namespace {

// Pictures wait while all threads are busy with one of them, so that none stands idle when that one
// has less to do. What they take together is bounded.
constexpr size_t ahead_min = 4, ahead_max = 16;
constexpr int64_t ahead_bytes_max = 40LL << 20;

size_t ahead_of(Size picture) {
  const int64_t picture_bytes = int64_t{picture.width} * picture.height * 3 / 2;
  const int64_t count = ahead_bytes_max / std::max<int64_t>(picture_bytes, 1);
  return std::clamp(static_cast<size_t>(count), ahead_min, ahead_max);
}

}  // namespace

struct UnitsAhead::State {
  explicit State(VideoReader from) : reader(std::move(from)), ahead(ahead_of(reader.info().size)) {}

  // Until the film's end, or an error, or the caller's end.
  void decode() {
    for (bool goes_on = true; goes_on;) {
      Result<std::optional<VideoUnit>> unit = reader.next();
      goes_on = unit.has_value() && unit->has_value();
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return stops || ready.size() < ahead; });
      if (stops) return;
      ready.push_back(std::move(unit));
      changed.notify_all();
    }
  }

  Result<std::optional<VideoUnit>> take() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return !ready.empty(); });
    // The end stays, for whoever asks again.
    if (ready.front() && !*ready.front()) return std::nullopt;
    Result<std::optional<VideoUnit>> unit = std::move(ready.front());
    ready.pop_front();
    changed.notify_all();
    return unit;
  }

  void stop() {
    const std::lock_guard lock(mutex);
    stops = true;
    changed.notify_all();
  }

  VideoReader reader;
  size_t ahead;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Result<std::optional<VideoUnit>>> ready;
  bool stops = false;
  std::thread thread;
};

UnitsAhead::UnitsAhead(VideoReader reader) : state_(std::make_unique<State>(std::move(reader))) {
  state_->thread = std::thread([this] { state_->decode(); });
}

UnitsAhead::~UnitsAhead() {
  state_->stop();
  state_->thread.join();
}

Result<std::optional<VideoUnit>> UnitsAhead::next() { return state_->take(); }

Result<std::optional<VideoFrame>> FramesAhead::next() {
  while (std::optional<VideoUnit> unit = TRY(units_.next())) {
    if (auto* const frame = std::get_if<VideoFrame>(&*unit)) return std::move(*frame);
  }
  return std::nullopt;
}

}  // namespace faceveil
