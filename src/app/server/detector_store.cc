#include "app/server/detector_store.h"

#include "base/thread_pool.h"

namespace faceveil {

DetectorStore::DetectorStore(std::filesystem::path model_folder)
    : model_folder_(std::move(model_folder)) {}

Result<const Detector*> DetectorStore::get(const DetectorOptions& wanted) {
  TRY(check(wanted));
  const size_t thorough = wanted.search == Search::thorough ? 1 : 0;
  Slot& slot = slots_.at(static_cast<size_t>(wanted.detector) + thorough);
  std::call_once(slot.loaded, [&] {
    DetectorOptions options;
    options.detector = wanted.detector;
    options.search = wanted.search;
    options.thread_count = core_count();
    slot.detector = Detector::create(model_folder_, options);
  });
  if (!*slot.detector) return tl::unexpected(slot.detector->error());
  return &**slot.detector;
}

}  // namespace faceveil
