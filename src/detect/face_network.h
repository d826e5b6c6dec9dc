// A network (or another method) that finds faces in a picture at the picture's own scale. The
// pyramid runs it on the picture at several scales, fusion makes one answer of what it says.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"
#include "media/image.h"

namespace faceveil {

// Right eye, left eye, nose tip, mouth, right ear, left ear ("right" is the person's own right).
using Keypoints = std::array<Point, 6>;

// What a network says of one anchor: not yet suppressed, not yet calibrated.
struct Candidate {
  Rect box;         // In pixels of the picture looked at; may reach over its border.
  float logit = 0;  // The network's own log odds, limited to +-100: comparable within it only.
  std::optional<Keypoints> keypoints;  // Where the network has them.
  Point anchor;  // The middle of the network's cell that speaks. It lies in the picture.
};

// Const and free of visible state: share one among all threads; equal pictures give equal
// candidates, in the same order, on any thread.
class FaceNetwork {
 public:
  virtual ~FaceNetwork() = default;
  FaceNetwork() = default;
  FaceNetwork(const FaceNetwork&) = delete;
  FaceNetwork& operator=(const FaceNetwork&) = delete;

  virtual const std::string& name() const = 0;  // "blazeface-full", "ultra-light-320".

  // Candidates of at least `logit_min` in an rgb8 picture of any size (the network pads it at right
  // and bottom to the multiple that it needs), in order of anchors. Anchors that lie in the
  // padding, and boxes that are not finite or have no area, are left out. Errors: bad_input (not
  // rgb8, empty), and those of the executor.
  virtual Result<std::vector<Candidate>> look(const Image& rgb8, float logit_min) const = 0;

  // How large pictures are looked at in parts. Pixels further than `reach_px` from an anchor, left,
  // right, above or below, do not change what is said of it, or by so little that no logit moves by
  // more than 0.1 (nn::reach_px is where they change nothing at all); cutting off a multiple of
  // `alignment_px` at left or top moves candidates by that much and changes nothing else.
  virtual int reach_px() const = 0;
  virtual int alignment_px() const = 0;

  // Billions of floating point operations (a multiplication and its addition count as two) that
  // look() costs for a picture of this size, from the graph; 0 where that is not known.
  virtual double gflop(Size picture) const = 0;
};

}  // namespace faceveil
