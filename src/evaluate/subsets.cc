#include "evaluate/subsets.h"

#include <algorithm>

#include "base/check.h"

namespace faceveil {
namespace {

std::vector<bool> counting_faces(const LabelledPicture& picture, const PictureVerdict& verdict,
                                 const FaceSizeMin& size_min) {
  const auto own = size_min.of_subset.find(picture.subset);
  const float side_min = own == size_min.of_subset.end() ? size_min.px : own->second;
  std::vector<bool> counts;
  for (size_t f = 0; f < picture.faces.size(); ++f) {
    const LabelledFace& face = picture.faces[f];
    counts.push_back(face.judged && verdict.faces[f].in_picture &&
                     longer_side(face.box) >= side_min);
  }
  return counts;
}

Subset& subset_named(std::vector<Subset>& subsets, const std::string& name) {
  const auto found = std::ranges::find(subsets, name, &Subset::name);
  if (found != subsets.end()) return *found;
  subsets.emplace_back().name = name;
  return subsets.back();
}

Subset in_split(Subset all, const NamedSplit& named) {
  all.name = named.name;
  for (size_t i = 0; i < all.counts.size(); ++i) {
    for (size_t f = 0; f < all.counts[i].size(); ++f) {
      all.counts[i][f] = all.counts[i][f] && named.split.faces[i][f];
    }
  }
  return all;
}

}  // namespace

std::vector<Subset> make_subsets(const Truth& truth, std::span<const PictureVerdict> verdicts,
                                 const FaceSizeMin& size_min, std::span<const NamedSplit> splits) {
  CHECK(truth.pictures.size() == verdicts.size());
  std::vector<Subset> subsets;
  Subset all;
  all.name = "all";
  for (size_t i = 0; i < verdicts.size(); ++i) {
    const LabelledPicture& picture = truth.pictures[i];
    all.pictures.push_back(i);
    all.counts.push_back(counting_faces(picture, verdicts[i], size_min));
    if (picture.subset.empty()) continue;
    Subset& subset = subset_named(subsets, picture.subset);
    subset.pictures.push_back(i);
    subset.counts.push_back(all.counts.back());
  }
  for (const NamedSplit& split : splits) subsets.push_back(in_split(all, split));
  subsets.push_back(std::move(all));
  return subsets;
}

}  // namespace faceveil
