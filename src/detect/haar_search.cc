#include "detect/haar_search.h"

#include <algorithm>
#include <utility>

#include "detect/cluster.h"
#include "detect/haar.h"
#include "detect/resample.h"

namespace faceveil {
namespace {

constexpr float group_overlap = 0.3f;
constexpr float half_score_windows = 12;  // A group of so many has the score 0.5.
constexpr float logit_min = -100;         // Whatever passed all stages counts.

std::vector<Belief> equal_beliefs(const std::vector<Candidate>& windows) {
  std::vector<Belief> beliefs;
  for (size_t i = 0; i < windows.size(); ++i) {
    beliefs.push_back({windows[i].box, 0.5f, static_cast<int>(i)});
  }
  return beliefs;
}

}  // namespace

Result<HaarSearch> HaarSearch::create(const std::filesystem::path& cascade_folder) {
  return HaarSearch(TRY(open_haar_cascades(cascade_folder)));
}

Result<std::vector<Face>> HaarSearch::find(const Image& picture, float score_min) const {
  const Image rgb = TRY(resample(picture, picture.size()));
  const std::vector<Candidate> windows = TRY(cascades_->look(rgb, logit_min));
  std::vector<Face> faces;
  for (const Cluster& group : cluster_beliefs(equal_beliefs(windows), group_overlap)) {
    const auto count = static_cast<float>(group.members.size());
    const float score = count / (count + half_score_windows);
    if (score < score_min) continue;
    faces.push_back({group.box, std::nullopt, score, DetectorId::haar});
  }
  std::ranges::stable_sort(faces, [](const Face& a, const Face& b) { return a.score > b.score; });
  return faces;
}

}  // namespace faceveil
