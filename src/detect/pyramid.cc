#include "detect/pyramid.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/thread_pool.h"
#include "detect/strips.h"

namespace faceveil {
namespace {

// One run of one network: what can be done on its own.
struct Job {
  int level = 0;
  const FaceNetwork* network = nullptr;
  ViewMap map;
  Strip strip;
  double gflop = 0;
};

bool is_in(const Part& part, Point p) {
  return p.x >= static_cast<float>(part.x) && p.x < static_cast<float>(part.right()) &&
         p.y >= static_cast<float>(part.y) && p.y < static_cast<float>(part.bottom());
}

// The candidate with every place taken through `map`, its box's sides scaled.
template <typename Map>
void move_places(Candidate& candidate, const Map& map) {
  candidate.anchor = map(candidate.anchor);
  const Rect& box = candidate.box;
  const Point corner = map(Point{box.x, box.y}), other = map(Point{box.right(), box.bottom()});
  candidate.box = {corner.x, corner.y, other.x - corner.x, other.y - corner.y};
  if (!candidate.keypoints) return;
  for (Point& point : *candidate.keypoints) point = map(point);
}

Result<std::vector<Candidate>> run(const Job& job, const Halvings& picture, float logit_min) {
  const Part& seen = job.strip.seen;
  const Image drawn = TRY(draw_view(picture, job.map, seen));
  std::vector<Candidate> candidates = TRY(job.network->look(drawn, logit_min));
  const Point origin{static_cast<float>(seen.x), static_cast<float>(seen.y)};
  std::erase_if(candidates, [&](const Candidate& c) {
    return !is_in(job.strip.owned, {c.anchor.x + origin.x, c.anchor.y + origin.y});
  });
  const float across =
      static_cast<float>(picture.size().width) / static_cast<float>(job.map.level().width);
  const float down =
      static_cast<float>(picture.size().height) / static_cast<float>(job.map.level().height);
  for (Candidate& candidate : candidates) {
    move_places(candidate, [&](Point p) { return Point{p.x + origin.x, p.y + origin.y}; });
    candidate = job.map.to_level(candidate);
    move_places(candidate, [&](Point p) { return Point{p.x * across, p.y * down}; });
  }
  return candidates;
}

// Those that are wanted, in no more memory than they take.
std::vector<LevelCandidate> sightings_of(const std::vector<Candidate>& candidates, const Job& job,
                                         int network, const LookOptions& options) {
  std::vector<LevelCandidate> sightings;
  for (const Candidate& candidate : candidates) {
    const LevelCandidate sighting{candidate, network, job.level};
    if (!options.is_wanted || options.is_wanted(sighting)) sightings.push_back(sighting);
  }
  sightings.shrink_to_fit();
  return sightings;
}

std::vector<Job> jobs_for(Size picture, std::span<const FaceNetwork* const> networks,
                          std::span<const Level> levels, int64_t strip_pixels_max) {
  std::vector<Job> jobs;
  for (size_t i = 0; i < levels.size(); ++i) {
    const Level& level = levels[i];
    CHECK(level.network >= 0 && static_cast<size_t>(level.network) < networks.size());
    const FaceNetwork* network = networks[static_cast<size_t>(level.network)];
    const ViewMap map(level_size(picture, level.scale), level.view);
    const StripRules rules{strip_pixels_max, network->reach_px(), network->alignment_px()};
    for (const Strip& strip : strips_of(map.canvas(), rules)) {
      jobs.push_back({static_cast<int>(i), network, map, strip, network->gflop(strip.seen.size)});
    }
  }
  return jobs;
}

// Indices of jobs, the longest first, so that none is left over at the end for one thread.
std::vector<size_t> largest_first(const std::vector<Job>& jobs) {
  std::vector<size_t> order(jobs.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return jobs[a].gflop > jobs[b].gflop; });
  return order;
}

// No larger than any level in either direction.
Size smallest_of(Size picture, std::span<const Level> levels) {
  Size smallest = picture;
  for (const Level& level : levels) {
    const Size size = level_size(picture, level.scale);
    smallest.width = std::min(smallest.width, size.width);
    smallest.height = std::min(smallest.height, size.height);
  }
  return smallest;
}

}  // namespace

Size level_size(Size picture, double scale) {
  CHECK(scale > 0 && std::isfinite(scale));
  const auto side = [&](int pixels) {
    return std::max(1, static_cast<int>(std::lround(pixels * scale)));
  };
  return {side(picture.width), side(picture.height)};
}

Result<std::vector<LevelCandidate>> look_everywhere(const Image& picture,
                                                    std::span<const FaceNetwork* const> networks,
                                                    std::span<const Level> levels,
                                                    const LookOptions& options) {
  if (picture.size().width < 1 || picture.size().height < 1) {
    return fail(Error::Kind::bad_input, "The picture is empty ({0} x {1} pixels).",
                {std::to_string(picture.size().width), std::to_string(picture.size().height)});
  }
  const Size smallest = smallest_of(picture.size(), levels);
  const Halvings halvings = TRY(Halvings::create(picture, smallest, options.thread_count));
  return look_everywhere(halvings, networks, levels, options);
}

Result<std::vector<LevelCandidate>> look_everywhere(const Halvings& picture,
                                                    std::span<const FaceNetwork* const> networks,
                                                    std::span<const Level> levels,
                                                    const LookOptions& options) {
  const std::vector<Job> jobs =
      jobs_for(picture.size(), networks, levels, options.strip_pixels_max);
  const std::vector<size_t> order = largest_first(jobs);
  std::vector<Result<std::vector<LevelCandidate>>> seen(jobs.size());
  const auto look = [&](const Job& job) -> Result<std::vector<LevelCandidate>> {
    TRY(stop_if(options.stop_requested));
    const int network = levels[static_cast<size_t>(job.level)].network;
    return sightings_of(TRY(run(job, picture, options.logit_min)), job, network, options);
  };
  parallel_for(jobs.size(), options.thread_count,
               [&](size_t i) { seen[order[i]] = look(jobs[order[i]]); });
  std::vector<LevelCandidate> sightings;
  for (Result<std::vector<LevelCandidate>>& of_job : seen) {
    const std::vector<LevelCandidate> some = TRY(std::move(of_job));
    sightings.insert(sightings.end(), some.begin(), some.end());
  }
  return sightings;
}

}  // namespace faceveil
