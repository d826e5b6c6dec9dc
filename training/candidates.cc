// faceveil_candidates, for the programs beside this file; two ways to call it:
//
//   sightings LEVELS MODELS IMAGES TRUTH OUTPUT [MODEL.onnx]   what the networks see in labelled
//       pictures. LEVELS: `balanced`, those of this search; `all`, at more scales and in more views
//       than any search looks at: later programs choose.
//   close-ups IMAGES BOXES OUTPUT                       places of BOXES (image,x,y,width,height)
//       cut out as the verifier sees them, with room to turn and shift.
//
// OUTPUT: for each picture, in the order of TRUTH or BOXES, a record of little-endian 32-bit
// numbers: name's length and bytes (filled up to a multiple of 4), width, height, count, then
//   sightings: network, level pixels for one of the picture, 1 if mirrored, degrees turned, logit,
//              box's x, y, width, height
//   close-ups: the bytes

#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <span>
#include <string>

#include "base/files.h"
#include "base/limits.h"
#include "base/thread_pool.h"
#include "detect/blaze_face.h"
#include "detect/brought_model.h"
#include "detect/close_up.h"
#include "detect/pyramid.h"
#include "detect/ultra_light.h"
#include "media/still.h"

namespace faceveil {
namespace {

// Wider than the verifier's own framing, so that training can turn, shift and scale it.
constexpr Framing training_framing{72, 3.0f};
// That of PictureSearch.
constexpr float logit_min = -3;
constexpr double enlargement_max = 3;

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
  void put_heading(std::string name, Size picture, size_t count) {
    put_count(name.size());
    name.resize((name.size() + 3) / 4 * 4);
    append(name.data(), name.size());
    put_count(static_cast<size_t>(picture.width));
    put_count(static_cast<size_t>(picture.height));
    put_count(count);
  }
  void append(const void* data, size_t size) {
    bytes_.append(static_cast<const char*>(data), size);
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// The pictures of a CSV file in the order in which they come, each with its rows' other fields.
struct Table {
  std::vector<std::string> names;
  std::map<std::string, std::vector<std::string>> rows;
};

Table read_table(const std::filesystem::path& path) {
  std::ifstream file(path);
  Table table;
  std::string line;
  std::getline(file, line);  // The headings.
  while (std::getline(file, line)) {
    const size_t comma = line.find(',');
    const std::string name = line.substr(0, comma);
    if (!table.rows.contains(name)) table.names.push_back(name);
    table.rows[name].push_back(line.substr(comma + 1));
  }
  return table;
}

Result<Image> open_picture(const std::filesystem::path& path) {
  const Bytes file = TRY(read_file(path, limits::input_bytes_max));
  Still still = TRY(decode_still(file));
  return std::move(still.image);
}

// Writes one record for each picture, in order.
template <typename Examine>
Status write_records(const std::filesystem::path& output, const std::vector<std::string>& names,
                     const Examine& examine) {
  std::vector<Result<std::string>> records(names.size());
  parallel_for(names.size(), core_count(),
               [&](size_t i) { records[i] = about(names[i], examine(names[i])); });
  std::ofstream out(output, std::ios::binary);
  for (const Result<std::string>& record : records) out << TRY(record);
  return {};
}

using Networks = std::vector<std::unique_ptr<const FaceNetwork>>;

Result<Networks> load_networks(const std::filesystem::path& models,
                               const std::filesystem::path& brought) {
  Networks networks;
  networks.push_back(TRY(create_blaze_face(models)));
  networks.push_back(TRY(create_ultra_light(models)));
  if (!brought.empty()) networks.push_back(TRY(open_face_network(brought)));
  return networks;
}

// The levels of a balanced search (picture_search.cc), and of networks that are brought.
std::vector<NetworkLevels> balanced_levels() {
  return {{{192, 384, 768, 1152}, 9}, {{320, 640, 960}, 8}, {{640, 960, 1280}, 8}};
}

std::vector<NetworkLevels> all_upright_levels() {
  const std::vector<int> sides = {320, 480, 640, 960, 1280};
  return {{{192, 272, 384, 544, 768, 1152, 1536}, 12}, {sides, 10}, {sides, 10}};
}

// Coarse ones, and none beyond those listed.
std::vector<NetworkLevels> all_turned_levels() {
  return {{{192, 384}, 0.01}, {{320, 640}, 0.01}, {{320, 640}, 0.01}};
}

std::vector<Level> levels_of(Size picture, std::vector<NetworkLevels> networks, size_t count,
                             std::vector<View> views) {
  networks.resize(count);
  PyramidOptions options;
  options.networks = std::move(networks);
  options.views = std::move(views);
  options.enlargement_max = enlargement_max;
  return levels_for(picture, options);
}

// For the first `count` kinds of network.
std::vector<Level> levels_of(Size picture, bool is_all, size_t count) {
  if (!is_all) return levels_of(picture, balanced_levels(), count, {View{}});
  std::vector<Level> levels = levels_of(picture, all_upright_levels(), count, {View{}, {true, 0}});
  const std::vector<Level> turned =
      levels_of(picture, all_turned_levels(), count,
                {{false, 90}, {false, 180}, {false, 270}, {false, 30}, {false, -30}});
  levels.insert(levels.end(), turned.begin(), turned.end());
  return levels;
}

Result<std::string> sightings_in(const Image& picture, const std::string& name, bool is_all,
                                 std::span<const FaceNetwork* const> networks) {
  const std::vector<Level> levels = levels_of(picture.size(), is_all, networks.size());
  LookOptions options;
  options.logit_min = logit_min;
  const std::vector<Sighting> sightings = TRY(look_everywhere(picture, networks, levels, options));
  Record record;
  record.put_heading(name, picture.size(), sightings.size());
  for (const Sighting& sighting : sightings) {
    const Level& level = levels[static_cast<size_t>(sighting.level)];
    record.put(static_cast<float>(sighting.network));
    record.put(static_cast<float>(level.scale));
    record.put(level.view.is_mirrored ? 1.0f : 0.0f);
    record.put(level.view.angle_degrees);
    record.put(sighting.candidate.logit);
    record.put(sighting.candidate.box);
  }
  return record.bytes();
}

Result<std::string> close_ups_of(const Image& picture, const std::string& name,
                                 const std::vector<std::string>& boxes) {
  const Halvings halvings = TRY(Halvings::create(picture, {1, 1}, 1));
  Record record;
  record.put_heading(name, picture.size(), boxes.size());
  for (const std::string& text : boxes) {
    Rect box;
    std::sscanf(text.c_str(), "%f,%f,%f,%f", &box.x, &box.y, &box.width, &box.height);
    const Image seen = TRY(close_up(halvings, box, training_framing));
    record.append(seen.data(), seen.size_bytes());
  }
  return record.bytes();
}

Status write_sightings(const std::span<char*> words) {
  const bool is_all = words[0] == std::string("all");
  const std::filesystem::path images = words[2];
  const Networks networks = TRY(load_networks(words[1], words.size() > 5 ? words[5] : ""));
  std::vector<const FaceNetwork*> looked_with;
  for (const auto& network : networks) looked_with.push_back(network.get());
  return write_records(words[4], read_table(words[3]).names,
                       [&](const std::string& name) -> Result<std::string> {
                         const Image picture = TRY(open_picture(images / name));
                         return sightings_in(picture, name, is_all, looked_with);
                       });
}

Status write_close_ups(const std::span<char*> words) {
  const std::filesystem::path images = words[0];
  const Table boxes = read_table(words[1]);
  return write_records(words[2], boxes.names, [&](const std::string& name) -> Result<std::string> {
    const Image picture = TRY(open_picture(images / name));
    return close_ups_of(picture, name, boxes.rows.at(name));
  });
}

}  // namespace
}  // namespace faceveil

int main(int count, char** words) {
  using namespace faceveil;
  const std::string mode = count > 1 ? words[1] : "";
  const std::span<char*> rest(words + 2, static_cast<size_t>(std::max(count - 2, 0)));
  Status done;
  if (mode == "sightings" && rest.size() >= 5) {
    done = write_sightings(rest);
  } else if (mode == "close-ups" && rest.size() == 3) {
    done = write_close_ups(rest);
  } else {
    std::fputs(
        "faceveil_candidates sightings LEVELS MODELS IMAGES TRUTH OUTPUT [MODEL.onnx]\n"
        "faceveil_candidates close-ups IMAGES BOXES OUTPUT\n",
        stderr);
    return 2;
  }
  if (!done)
    std::fprintf(stderr, "%s: %s\n", done.error().subject.c_str(), done.error().text.c_str());
  return done ? 0 : 1;
}
