// A brought network as a FaceNetwork: tiles, pixels, run, decode.
#pragma once

#include <memory>

#include "detect/brought/kind.h"
#include "detect/brought/opencv_dnn.h"
#include "detect/face_network.h"

namespace faceveil::brought {

// What the network takes at once.
struct InputRule {
  Size size;           // The tile's size where it is fixed, else the largest one.
  bool fixed = false;  // Always this size; else any multiples of the kind's side_multiple up to it.
};

// `network` must be of the kind and take inputs as the rule says.
std::unique_ptr<FaceNetwork> make_network(const BroughtKind&, DnnNetwork network, InputRule);

// Runs the network once on a grey picture of this size. Errors: bad_input, where it cannot or where
// the results are not those of the kind.
Status probe(const BroughtKind&, const DnnNetwork&, Size);

}  // namespace faceveil::brought
