// faceveil_candidates MODE MODELS IMAGES TRUTH OUTPUT [SEARCH] [MODEL.onnx]: what the search finds
// in labelled pictures, as numbers for training/fit.py. MODE is `sightings` (for the calibration)
// or `clusters` (for verifier and judges: needs the calibration in MODELS/fusion.json).
//
// OUTPUT: for each picture of TRUTH, in its order, records of little-endian 32-bit numbers:
//   name's length and bytes (filled up to a multiple of 4), width, height, count, then
//   sightings: network, level side in pixels, logit, box's x, y, width, height
//   clusters:  box, best probability, testimony, 1 and the close-up's bytes, or 0

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <set>
#include <string>

#include "base/files.h"
#include "base/limits.h"
#include "base/thread_pool.h"
#include "detect/blaze_face.h"
#include "detect/brought_model.h"
#include "detect/close_up.h"
#include "detect/picture_search.h"
#include "detect/ultra_light.h"
#include "media/still.h"

namespace faceveil {
namespace {

// Wider than the verifier's own framing, so that training can turn, shift and scale it.
constexpr Framing training_framing{72, 3.0f};
constexpr float close_up_probability_min = 0.01f;
constexpr size_t close_ups_max = 300;

struct Request {
  std::string mode;
  std::filesystem::path models, images, truth, output;
  Search search = Search::balanced;
  std::filesystem::path brought;
};

// A record under way.
class Record {
 public:
  void put(float value) { append(&value, sizeof value); }
  void put(const Rect& box) {
    for (const float value : {box.x, box.y, box.width, box.height}) put(value);
  }
  void put_count(size_t count) {
    const auto value = static_cast<uint32_t>(count);
    append(&value, sizeof value);
  }
  void put(std::string text) {
    put_count(text.size());
    text.resize((text.size() + 3) / 4 * 4);
    append(text.data(), text.size());
  }
  void append(const void* data, size_t size) {
    bytes_.append(static_cast<const char*>(data), size);
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

std::vector<std::string> names_in(const std::filesystem::path& truth) {
  std::ifstream file(truth);
  std::vector<std::string> names;
  std::set<std::string> seen;
  std::string line;
  std::getline(file, line);  // The headings.
  while (std::getline(file, line)) {
    const std::string name = line.substr(0, line.find(','));
    if (seen.insert(name).second) names.push_back(name);
  }
  return names;
}

void put_sightings(Record& record, const Findings& found) {
  record.put_count(found.sightings.size());
  for (const Sighting& s : found.sightings) {
    const Level& level = found.levels[static_cast<size_t>(s.level)];
    record.put_count(static_cast<size_t>(s.network));
    record.put(static_cast<float>(std::sqrt(s.candidate.box.area()) * level.scale));
    record.put(s.candidate.logit);
    record.put(s.candidate.box);
  }
}

Status put_clusters(Record& record, const Image& picture, const Findings& found) {
  const Halvings halvings = TRY(Halvings::create(picture, {1, 1}, 1));
  record.put_count(found.clusters.size());
  size_t close_ups = 0;
  for (size_t i = 0; i < found.clusters.size(); ++i) {
    const Cluster& cluster = found.clusters[i];
    const float best = found.beliefs[static_cast<size_t>(cluster.members.front())].probability;
    record.put(cluster.box);
    record.put(best);
    for (const float value : found.testimonies[i]) record.put(value);
    const bool is_shown = best >= close_up_probability_min && close_ups < close_ups_max;
    record.put_count(is_shown ? 1 : 0);
    if (!is_shown) continue;
    ++close_ups;
    const Image seen = TRY(close_up(halvings, cluster.box, training_framing));
    record.append(seen.data(), seen.size_bytes());
  }
  return {};
}

Result<std::string> examine(const Request& request, const PictureSearch& search,
                            const std::string& name) {
  const Bytes file = TRY(read_file(request.images / name, limits::input_bytes_max));
  const Still still = TRY(decode_still(file));
  const Findings found = TRY(search.search(still.image, {request.search, 16, 1}));
  Record record;
  record.put(name);
  record.put_count(static_cast<size_t>(still.image.size().width));
  record.put_count(static_cast<size_t>(still.image.size().height));
  if (request.mode == "sightings") {
    put_sightings(record, found);
  } else {
    TRY(put_clusters(record, still.image, found));
  }
  return record.bytes();
}

Status run(const Request& request) {
  std::vector<std::shared_ptr<const FaceNetwork>> networks;
  networks.push_back(TRY(create_blaze_face(request.models)));
  networks.push_back(TRY(create_ultra_light(request.models)));
  std::vector<Witness> witnesses = {Witness::blaze_face, Witness::ultra_light};
  if (!request.brought.empty()) {
    networks.push_back(TRY(open_face_network(request.brought)));
    witnesses.push_back(Witness::brought);
  }
  FusionModel model;  // Before there is one: everything counts, as it comes.
  if (request.mode == "clusters") model = TRY(load_fusion_model(request.models));
  const PictureSearch search(networks, witnesses, model);
  const std::vector<std::string> names = names_in(request.truth);
  std::vector<Result<std::string>> records(names.size());
  parallel_for(names.size(), core_count(),
               [&](size_t i) { records[i] = about(names[i], examine(request, search, names[i])); });
  std::ofstream out(request.output, std::ios::binary);
  for (const Result<std::string>& record : records) out << TRY(record);
  return {};
}

}  // namespace
}  // namespace faceveil

int main(int count, char** words) {
  using namespace faceveil;
  if (count < 6) {
    std::fputs("faceveil_candidates MODE MODELS IMAGES TRUTH OUTPUT [SEARCH] [MODEL.onnx]\n",
               stderr);
    return 2;
  }
  Request request{words[1], words[2], words[3], words[4], words[5], Search::balanced, {}};
  if (count > 6 && std::string(words[6]) == "thorough") request.search = Search::thorough;
  if (count > 7) request.brought = words[7];
  const Status done = run(request);
  if (!done)
    std::fprintf(stderr, "%s: %s\n", done.error().subject.c_str(), done.error().text.c_str());
  return done ? 0 : 1;
}
