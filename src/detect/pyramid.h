// A picture searched at several scales, so that a network that knows faces of some sizes finds
// those of all sizes: small ones in a large copy, large ones in a small copy.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/limits.h"
#include "base/stop.h"
#include "detect/face_network.h"
#include "detect/view.h"

namespace faceveil {

// One look of one network.
struct Level {
  int network = 0;   // Index into the networks searched with.
  double scale = 1;  // Level pixels for one pixel of the picture.
  View view;
};

// What one network is to be shown.
struct NetworkLevels {
  // Longer sides of the levels that every picture gets, ascending, in level pixels.
  std::vector<int> long_sides_px;
  // The smallest face side that the network can see, in level pixels. Larger pictures get further
  // levels, until a face of `face_min_px` has this size.
  double face_seen_min_px = 12;
};

struct PyramidOptions {
  std::vector<NetworkLevels> networks;  // In the order of the networks searched with.
  double face_min_px = 16;              // The smallest face side to look for, in picture pixels.
  double factor = 2;                    // From one further level to the next; above 1.
  int long_side_max_px = 16'000;        // No level is larger,
  double enlargement_max = 2;           // nor more enlarged.
  std::vector<View> views = {View{}};   // Each level in each of these.
};

// The levels to look at, network by network, scales ascending. With factor 2, pictures of at least
// 192 pixels on the longer side and long sides that double at most from one to the next, a picture
// twice as large has at most 4.2 times as many level pixels.
std::vector<Level> levels_for(Size picture, const PyramidOptions&);

// The level's copy of the picture, before its view; at least 1 x 1.
Size level_size(Size picture, double scale);

// A candidate in pixels of the upright picture, whatever the view.
struct LevelCandidate {
  Candidate candidate;
  int network = 0;  // Indices into what was searched with.
  int level = 0;
};

struct LookOptions {
  float logit_min = -2;
  int thread_count = 1;
  int64_t strip_pixels_max = limits::strip_pixels_max;
  StopRequested stop_requested = {};  // Asked before each strip.
  // Sightings that it refuses are let go of with their strip, so that a picture that looks like
  // faces everywhere does not fill the memory; empty: all are wanted. Called on many threads.
  std::function<bool(const LevelCandidate&)> is_wanted = {};
};

// Looks at all levels: in order of levels, of strips (top to bottom, left to right), of anchors.
// The result does not depend on `thread_count`. Any Image; alpha is not looked at. The memory it
// takes grows with `thread_count` x `strip_pixels_max`, and by a third of the picture's. Errors:
// bad_input (the picture is empty), over_limit, cancelled, and those of the networks.
Result<std::vector<LevelCandidate>> look_everywhere(const Image&,
                                                    std::span<const FaceNetwork* const> networks,
                                                    std::span<const Level> levels,
                                                    const LookOptions&);
// The same for who has the halvings already: of a picture that is not empty, as small as the levels
// can use.
Result<std::vector<LevelCandidate>> look_everywhere(const Halvings&,
                                                    std::span<const FaceNetwork* const> networks,
                                                    std::span<const Level> levels,
                                                    const LookOptions&);

}  // namespace faceveil
