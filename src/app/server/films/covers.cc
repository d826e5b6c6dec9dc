#include "app/server/films/covers.h"

#include <algorithm>

#include "app/server/random_id.h"

namespace faceveil {
namespace {

constexpr size_t covers_max = 16;
constexpr auto kept_for = std::chrono::hours(1);

}  // namespace

// With the lock held.
void Covers::drop_old() {
  const auto oldest = std::chrono::steady_clock::now() - kept_for;
  while (!entries_.empty() && (entries_.size() > covers_max || entries_.front().came < oldest)) {
    entries_.pop_front();
  }
}

std::string Covers::add(CoverPicture cover) {
  Entry entry = {random_id(), std::make_shared<const CoverPicture>(std::move(cover)),
                 std::chrono::steady_clock::now()};
  std::string id = entry.id;
  const std::lock_guard lock(mutex_);
  entries_.push_back(std::move(entry));
  drop_old();
  return id;
}

std::shared_ptr<const CoverPicture> Covers::find(const std::string& id) {
  const std::lock_guard lock(mutex_);
  drop_old();
  const auto found = std::ranges::find(entries_, id, &Entry::id);
  return found == entries_.end() ? nullptr : found->cover;
}

}  // namespace faceveil
