// MediaPipe's full-range BlazeFace, run as it is built: fully convolutional. It looks at a whole
// picture at once, at the picture's own scale, without tiles and without a letterbox.
//
//   +-----------+--+   Padded at right and bottom to multiples of 32 pixels, with black. Each cell
//   of | picture   |  |   4 x 4 pixels has one anchor; those whose middle lies in the padding are
//   not
//   +-----------+  |   listened to.
//   +--------------+
//
// Keypoints and boxes as in detect/box_decoding.h; source as in docs/detection.md.
#pragma once

#include <filesystem>
#include <memory>

#include "detect/face_network.h"

namespace faceveil {

// "blazeface-full". Loads the network once. Errors: io, bad_input (the model file), naming the
// file.
Result<std::unique_ptr<const FaceNetwork>> create_blaze_face(
    const std::filesystem::path& model_folder);

}  // namespace faceveil
