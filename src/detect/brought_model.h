// Face networks that a person brings as an ONNX file (`--model FILE`), to compare with ours or to
// join them. FaceVeil ships none; docs/detection.md says which are known and under what licence
// they are.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "detect/face_network.h"

namespace faceveil {

// The network in `onnx_file`, run by OpenCV's dnn module on the CPU. Its kind is told by the number
// and shapes of the graph's outputs, not by the file's name:
//
//   name()              outputs                                           picture
//   "yunet"             12: cls, obj, box, key points at three strides    any size
//   "scrfd"             9 or 6: score, box, (key points) at three strides  as the file says
//   "yolov5-face"       3: 1 x 3 x rows x columns x 16                    as the file says
//   "ultra-light-onnx"  2: scores 1 x n x 2, boxes 1 x n x 4              as the file says
//
// look() takes pictures of any size all the same: smaller ones are padded, larger ones cut into
// overlapping tiles, and a face is then seen whole up to a quarter of the tile's side, so show the
// network a picture at smaller scales too. A picture larger than 1536 pixels a side is cut for all
// kinds, which bounds the memory. "ultra-light-onnx" does not tell its anchors: each candidate's is
// the middle of its box.
//
// These networks know five key points (eyes, nose, corners of the mouth), ours six; candidates have
// none. logit is the log odds of the network's final score; its outputs are rounded close to 1, so
// it ends at about 17 (not for "yolov5-face" and "ultra-light-onnx", which give more).
//
// Errors: io, over_limit, bad_input (damaged, or not a model that OpenCV can run), unsupported
// (none of the kinds above), naming the file.
Result<std::unique_ptr<FaceNetwork>> open_face_network(const std::filesystem::path& onnx_file);

}  // namespace faceveil
