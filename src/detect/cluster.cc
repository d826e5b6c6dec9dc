#include "detect/cluster.h"

#include <algorithm>
#include <numeric>

namespace faceveil {
namespace {

std::vector<int> most_probable_first(const std::vector<Belief>& beliefs) {
  std::vector<int> order(beliefs.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    return beliefs[static_cast<size_t>(a)].probability >
           beliefs[static_cast<size_t>(b)].probability;
  });
  return order;
}

Rect mean_box(const std::vector<Belief>& beliefs, const std::vector<int>& members) {
  double weight = 0, x = 0, y = 0, width = 0, height = 0;
  for (const int member : members) {
    const Belief& belief = beliefs[static_cast<size_t>(member)];
    const double share = belief.probability;
    weight += share;
    x += share * belief.box.x;
    y += share * belief.box.y;
    width += share * belief.box.width;
    height += share * belief.box.height;
  }
  const auto mean = [weight](double sum) { return static_cast<float>(sum / weight); };
  return {mean(x), mean(y), mean(width), mean(height)};
}

// A belief's place in the order of probability, with its box.
struct Ranked {
  Rect box;
  int rank = 0;
};

std::vector<Ranked> from_left(const std::vector<Belief>& beliefs, const std::vector<int>& order) {
  std::vector<Ranked> ranked;
  ranked.reserve(order.size());
  for (const int index : order) {
    ranked.push_back({beliefs[static_cast<size_t>(index)].box, static_cast<int>(ranked.size())});
  }
  std::ranges::stable_sort(ranked, {}, [](const Ranked& one) { return one.box.x; });
  return ranked;
}

// Ranks of those that are not taken yet and overlap the box by more than `overlap`, ascending.
// Few lie so near from left to right: of two boxes that share so much, the wider one's width is at
// most 1 / overlap of the other's.
std::vector<int> overlapping(const std::vector<Ranked>& ranked, const std::vector<bool>& is_taken,
                             const Rect& box, float overlap) {
  const float left = box.x - 1.01f * box.width / std::max(overlap, 1e-6f);
  auto next =
      std::ranges::lower_bound(ranked, left, {}, [](const Ranked& one) { return one.box.x; });
  std::vector<int> ranks;
  for (; next != ranked.end() && next->box.x < box.right(); ++next) {
    if (is_taken[static_cast<size_t>(next->rank)]) continue;
    if (intersection_over_union(box, next->box) > overlap) ranks.push_back(next->rank);
  }
  std::ranges::sort(ranks);
  return ranks;
}

}  // namespace

std::vector<Cluster> cluster_beliefs(const std::vector<Belief>& beliefs, float overlap) {
  const std::vector<int> order = most_probable_first(beliefs);
  const std::vector<Ranked> ranked = from_left(beliefs, order);
  std::vector<bool> is_taken(order.size());
  std::vector<Cluster> clusters;
  for (size_t best = 0; best < order.size(); ++best) {
    if (is_taken[best]) continue;
    is_taken[best] = true;
    Cluster cluster;
    cluster.members.push_back(order[best]);
    const Rect& box = beliefs[static_cast<size_t>(order[best])].box;
    for (const int rank : overlapping(ranked, is_taken, box, overlap)) {
      is_taken[static_cast<size_t>(rank)] = true;
      cluster.members.push_back(order[static_cast<size_t>(rank)]);
    }
    cluster.box = mean_box(beliefs, cluster.members);
    clusters.push_back(std::move(cluster));
  }
  return clusters;
}

}  // namespace faceveil
