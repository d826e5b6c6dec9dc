#include "detect/model_catalogue.h"

#include <array>
#include <string>

#include "base/check.h"

namespace faceveil {
namespace {

// Every cell of stride 4 has one anchor.
constexpr std::array<AnchorLayer, 1> full_layers = {{{4, 1}}};
// 16 x 16 cells with two anchors and 8 x 8 cells with six: 896.
constexpr std::array<AnchorLayer, 2> short_layers = {{{8, 2}, {16, 6}}};

constexpr std::array<CatalogueEntry, 3> entries = {{
    {DetectorId::blazeface_full, "blazeface-full", "face_detection_full_range.tflite", 192,
     full_layers},
    {DetectorId::blazeface_full_sparse, "blazeface-full-sparse",
     "face_detection_full_range_sparse.tflite", 192, full_layers},
    {DetectorId::blazeface_short, "blazeface-short", "face_detection_short_range.tflite", 128,
     short_layers},
}};

}  // namespace

std::span<const CatalogueEntry> model_catalogue() { return entries; }

const CatalogueEntry& catalogue_entry(DetectorId id) {
  const size_t index = static_cast<size_t>(id);
  CHECK(index < entries.size() && entries[index].id == id);
  return entries[index];
}

std::vector<Point> anchor_centres(Size input, std::span<const AnchorLayer> layers) {
  std::vector<Point> centres;
  for (const AnchorLayer& layer : layers) {
    CHECK(input.width % layer.stride == 0 && input.height % layer.stride == 0);
    const auto stride = static_cast<float>(layer.stride);
    for (int y = 0; y < input.height / layer.stride; ++y) {
      for (int x = 0; x < input.width / layer.stride; ++x) {
        const Point centre{(static_cast<float>(x) + 0.5f) * stride,
                           (static_cast<float>(y) + 0.5f) * stride};
        centres.insert(centres.end(), static_cast<size_t>(layer.anchors_per_cell), centre);
      }
    }
  }
  return centres;
}

namespace {

constexpr std::string_view fusion_name = "fusion", haar_name = "haar";
constexpr std::array<std::string_view, 3> search_names = {"quick", "balanced", "thorough"};

}  // namespace

std::string_view detector_name(DetectorId id) {
  if (id == DetectorId::haar) return haar_name;
  return id == DetectorId::fusion ? fusion_name : catalogue_entry(id).name;
}

Result<DetectorId> parse_detector(std::string_view name) {
  if (name == fusion_name) return DetectorId::fusion;
  if (name == haar_name) return DetectorId::haar;
  for (const CatalogueEntry& entry : entries) {
    if (entry.name == name) return entry.id;
  }
  return fail(Error::Kind::bad_input,
              "There is no detector \"{0}\": choose fusion, blazeface-full, blazeface-full-sparse, "
              "blazeface-short or haar.",
              {std::string(name)});
}

std::string_view search_name(Search search) { return search_names[static_cast<size_t>(search)]; }

Result<Search> parse_search(std::string_view name) {
  for (size_t i = 0; i < search_names.size(); ++i) {
    if (search_names[i] == name) return static_cast<Search>(i);
  }
  return fail(Error::Kind::bad_input,
              "There is no search \"{0}\": choose quick, balanced or thorough.",
              {std::string(name)});
}

DetectorOptions matching(std::optional<DetectorId> detector, std::optional<Search> search) {
  DetectorOptions options;
  const bool is_single = detector && *detector != DetectorId::fusion;
  options.search = search.value_or(is_single ? Search::quick : Search::balanced);
  const bool is_quick = options.search == Search::quick;
  options.detector = detector.value_or(is_quick ? DetectorId::blazeface_full : DetectorId::fusion);
  return options;
}

}  // namespace faceveil
