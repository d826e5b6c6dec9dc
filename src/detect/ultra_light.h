// Ultra-Light RFB-320: a small single-shot face network (Linzaer, "Ultra-Light-Fast-Generic-Face-
// Detector-1MB", 2019), run on the whole picture at its own scale. It is fully convolutional: made
// for 320 x 240, it runs at any size, with its anchors laid for the size at hand.
//
// The picture is padded at right and bottom to multiples of 64 pixels, the largest stride.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "detect/face_network.h"

namespace faceveil {

// "ultra-light-320". Loads the network once; `thread_count` >= 1 threads for one look, on which
// results do not depend. Errors: io, and those of nn::load_onnx, naming the file.
Result<std::unique_ptr<const FaceNetwork>> create_ultra_light(
    const std::filesystem::path& model_folder, int thread_count = 1);

struct UltraLightAnchor {
  Point cell;  // The middle of the network's cell.
  Rect box;    // Where the network expects a face when it says nothing.
};

// The anchors for a padded picture, in the order of the network's results: by stride (8, 16, 32,
// 64), row by row, cell by cell, the smallest first.
std::vector<UltraLightAnchor> ultra_light_anchors(Size padded);

}  // namespace faceveil
