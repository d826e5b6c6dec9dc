#include "pipeline/frames_ahead.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace faceveil {
namespace {

constexpr size_t ahead_max = 4;  // Pictures: each holds some megabytes.

Result<std::optional<VideoFrame>> next_frame(VideoReader& reader) {
  while (std::optional<VideoUnit> unit = TRY(reader.next())) {
    if (auto* const frame = std::get_if<VideoFrame>(&*unit)) return std::move(*frame);
  }
  return std::nullopt;
}

}  // namespace

struct FramesAhead::State {
  explicit State(VideoReader from) : reader(std::move(from)) {}

  // Until the film's end, or an error, or the caller's end.
  void decode() {
    for (bool goes_on = true; goes_on;) {
      Result<std::optional<VideoFrame>> frame = next_frame(reader);
      goes_on = frame.has_value() && frame->has_value();
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return stops || ready.size() < ahead_max; });
      if (stops) return;
      ready.push_back(std::move(frame));
      changed.notify_all();
    }
  }

  Result<std::optional<VideoFrame>> take() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return !ready.empty(); });
    // The end stays, for whoever asks again.
    if (ready.front() && !*ready.front()) return std::nullopt;
    Result<std::optional<VideoFrame>> frame = std::move(ready.front());
    ready.pop_front();
    changed.notify_all();
    return frame;
  }

  void stop() {
    const std::lock_guard lock(mutex);
    stops = true;
    changed.notify_all();
  }

  VideoReader reader;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Result<std::optional<VideoFrame>>> ready;
  bool stops = false;
  std::thread thread;
};

FramesAhead::FramesAhead(VideoReader reader) : state_(std::make_unique<State>(std::move(reader))) {
  state_->thread = std::thread([this] { state_->decode(); });
}

FramesAhead::~FramesAhead() {
  state_->stop();
  state_->thread.join();
}

Result<std::optional<VideoFrame>> FramesAhead::next() { return state_->take(); }

}  // namespace faceveil
