// The networks that detectors run: one row a detector.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "detect/detector.h"

namespace faceveil {

// A grid of cells over the network's input, with so many anchors at each cell's centre.
struct AnchorLayer {
  int stride = 0;  // Pixels of the input from one cell to the next.
  int anchors_per_cell = 0;
};

struct CatalogueEntry {
  DetectorId id;
  std::string_view name;
  std::string_view file;
  int side = 0;  // The network's own input is side x side pixels.
  std::span<const AnchorLayer> layers;
};

// In order of DetectorId. Source of the anchors: MediaPipe's SsdAnchorsCalculator options for
// face_detection_full_range and face_detection_short_range (interpolated, all of fixed size).
std::span<const CatalogueEntry> model_catalogue();
const CatalogueEntry& catalogue_entry(DetectorId);

// Where the anchors of `layers` lie over an input of `input` pixels, in the order of the network's
// results: layer by layer, row by row, cell by cell. The sides must be multiples of the strides.
std::vector<Point> anchor_centres(Size input, std::span<const AnchorLayer> layers);

}  // namespace faceveil
