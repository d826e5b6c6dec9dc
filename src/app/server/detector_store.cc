#include "app/server/detector_store.h"

namespace faceveil {

DetectorStore::DetectorStore(std::filesystem::path model_folder)
    : model_folder_(std::move(model_folder)) {}

Result<const Detector*> DetectorStore::get(DetectorId id, Search search) {
  Slot& slot = slots_.at(static_cast<size_t>(id));
  std::call_once(slot.loaded, [&] {
    slot.detector = Detector::create(model_folder_, {.detector = id, .search = search});
  });
  if (!*slot.detector) return tl::unexpected(slot.detector->error());
  return &**slot.detector;
}

}  // namespace faceveil
