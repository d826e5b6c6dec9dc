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

}  // namespace

std::vector<Cluster> cluster_beliefs(const std::vector<Belief>& beliefs, float overlap) {
  std::vector<int> left = most_probable_first(beliefs);
  std::vector<Cluster> clusters;
  while (!left.empty()) {
    const Rect& best = beliefs[static_cast<size_t>(left.front())].box;
    Cluster cluster;
    cluster.members.push_back(left.front());
    std::vector<int> rest;
    for (size_t i = 1; i < left.size(); ++i) {
      const Rect& box = beliefs[static_cast<size_t>(left[i])].box;
      (intersection_over_union(best, box) > overlap ? cluster.members : rest).push_back(left[i]);
    }
    cluster.box = mean_box(beliefs, cluster.members);
    clusters.push_back(std::move(cluster));
    left = std::move(rest);
  }
  return clusters;
}

}  // namespace faceveil
