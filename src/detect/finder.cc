#include "detect/finder.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/thread_pool.h"
#include "detect/blaze_face.h"
#include "detect/brought_model.h"
#include "detect/nested.h"
#include "detect/ultra_light.h"

namespace faceveil {
namespace {

struct Networks {
  std::vector<std::shared_ptr<const FaceNetwork>> networks;
  std::vector<Witness> witnesses;

  void add(std::shared_ptr<const FaceNetwork> network, Witness witness) {
    networks.push_back(std::move(network));
    witnesses.push_back(witness);
  }
};

Result<Networks> load_networks(const std::filesystem::path& model_folder,
                               const std::vector<std::filesystem::path>& brought) {
  Networks all;
  all.add(TRY(create_blaze_face(model_folder)), Witness::blaze_face);
  all.add(TRY(create_ultra_light(model_folder)), Witness::ultra_light);
  for (const std::filesystem::path& file : brought) {
    all.add(TRY(open_face_network(file)), Witness::brought);
  }
  return all;
}

// Old photographs and scans: the verifier has learnt less of them.
bool is_grey(const Halvings& picture) {
  constexpr int long_side_px = 128;
  constexpr double colour_min = 2;  // Mean distance of a channel from the pixel's mean.
  const Size size = picture.size();
  const double scale = std::min(1.0, double{long_side_px} / std::max(size.width, size.height));
  const Result<Image> small =
      picture.resample(level_size(size, scale), {0, 0, level_size(size, scale)});
  if (!small) return false;
  double sum = 0;
  const std::byte* samples = small->data();
  for (size_t i = 0; i + 2 < small->size_bytes(); i += 3) {
    const auto channel = [&](size_t c) { return std::to_integer<int>(samples[i + c]); };
    const double mean = (channel(0) + channel(1) + channel(2)) / 3.0;
    for (size_t c = 0; c < 3; ++c) sum += std::abs(channel(c) - mean);
  }
  return sum / static_cast<double>(small->size_bytes()) < colour_min;
}

std::optional<Keypoints> keypoints_of(const Cluster& cluster, const Findings& found) {
  for (const int member : cluster.members) {  // The most probable first.
    const Belief& belief = found.beliefs[static_cast<size_t>(member)];
    const LevelCandidate& sighting = found.sightings[static_cast<size_t>(belief.sighting)];
    if (sighting.candidate.keypoints) return sighting.candidate.keypoints;
  }
  return std::nullopt;
}

}  // namespace

Finder::Finder(PictureSearch search, Verifier verifier, Rules rules, PictureSearchOptions options)
    : search_(std::move(search)),
      verifier_(std::move(verifier)),
      rules_(rules),
      options_(options) {}

Result<Finder> Finder::create(const std::filesystem::path& model_folder,
                              const DetectorOptions& options) {
  const FusionModel model = TRY(load_fusion_model(model_folder));
  Networks all = TRY(load_networks(model_folder, options.brought));
  const bool is_brought = !options.brought.empty();
  const Rules rules{model.rules(Search::balanced, is_brought),
                    model.rules(Search::thorough, is_brought)};
  return Finder(PictureSearch(std::move(all.networks), std::move(all.witnesses), model),
                TRY(Verifier::create(model_folder)), rules,
                {options.search, options.face_min_px, options.thread_count, std::nullopt});
}

Finder Finder::searching(Search search) const {
  Finder other = *this;
  other.options_.search = search;
  return other;
}

// By cluster; 0 where the first verdict is already that it is none.
Result<std::vector<float>> Finder::scores(const Halvings& picture, const Findings& found,
                                          const PictureSearchOptions& options,
                                          const StopRequested& stop) const {
  std::vector<float> scores(found.clusters.size());
  if (scores.empty()) return scores;
  const bool grey = is_grey(picture);
  const VerdictRules& rules =
      options.search == Search::thorough ? rules_.thorough : rules_.balanced;
  std::vector<Status> done(scores.size());
  const auto judge = [&](size_t i) -> Status {
    TRY(stop_if(stop));
    const Rect& box = found.clusters[i].box;
    Case known{found.testimonies[i], std::sqrt(box.area()), static_cast<float>(options.face_min_px),
               grey, 0};
    if (sigmoid(rules.first.log_odds(known)) < rules.looked_at_min) return {};
    if (!grey) {
      const Image seen = TRY(close_up(picture, box, Verifier::framing));
      known.verifier_log_odds = TRY(verifier_.log_odds(seen));
    }
    scores[i] = sigmoid(rules.last.log_odds(known));
    return {};
  };
  parallel_for(scores.size(), options.thread_count, [&](size_t i) { done[i] = judge(i); });
  for (const Status& status : done) TRY(status);
  return scores;
}

Result<std::vector<Face>> Finder::find(const Image& picture, float score_min,
                                       const StopRequested& stop) const {
  return find(picture, score_min, options_, stop);
}

Result<std::vector<Face>> Finder::find_expected(const Image& part, float side_px, float score_min,
                                                const StopRequested& stop) const {
  PictureSearchOptions options = options_;
  options.expected_side_px = side_px;
  options.thread_count = 1;
  return find(part, score_min, options, stop);
}

Result<std::vector<Face>> Finder::find(const Image& picture, float score_min,
                                       const PictureSearchOptions& options,
                                       const StopRequested& stop) const {
  const Halvings halvings = TRY(Halvings::create(picture, {1, 1}, options.thread_count));
  const Findings found = TRY(search_.search(halvings, options, stop));
  const std::vector<float> scores = TRY(this->scores(halvings, found, options, stop));
  std::vector<Face> faces;
  for (size_t i = 0; i < scores.size(); ++i) {
    if (!(scores[i] >= score_min)) continue;
    const Cluster& cluster = found.clusters[i];
    faces.push_back({cluster.box, keypoints_of(cluster, found), scores[i], DetectorId::fusion});
  }
  std::ranges::stable_sort(faces, [](const Face& a, const Face& b) { return a.score > b.score; });
  return without_nested(faces);
}

}  // namespace faceveil
