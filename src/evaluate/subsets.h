// Which pictures are judged together, and which faces in them count.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "evaluate/summary.h"
#include "evaluate/truth.h"

namespace faceveil {

// Faces whose longer side is below this many pixels do not count.
struct FaceSizeMin {
  float px = 8;                            // Everywhere,
  std::map<std::string, float> of_subset;  // but for these subsets.
};

struct NamedSplit {
  std::string name;
  Split split;
};

// One subset a folder, in the order of the truth file; one a split, with the faces of its list; and
// "all" at the end. A face counts when it is judged at all, some of its central box lies in the
// picture, and it is large enough. `verdicts` go with truth.pictures.
std::vector<Subset> make_subsets(const Truth&, std::span<const PictureVerdict> verdicts,
                                 const FaceSizeMin&, std::span<const NamedSplit>);

}  // namespace faceveil
