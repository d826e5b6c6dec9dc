#include "detect/weighted_nms.h"

#include <algorithm>

namespace faceveil {
namespace {

// Mean of corners and key points by score. Sums are in double, so that a cluster of one keeps its
// numbers.
class WeightedMean {
 public:
  void add(const Face& face) {
    const double weight = face.score;
    weight_ += weight;
    left_ += weight * face.box.x;
    top_ += weight * face.box.y;
    width_ += weight * face.box.width;
    height_ += weight * face.box.height;
    for (size_t k = 0; k < points_.size(); ++k) {
      points_[k].x += weight * (*face.keypoints)[k].x;
      points_[k].y += weight * (*face.keypoints)[k].y;
    }
  }

  // `best` lends its score and detector.
  Face mean(const Face& best) const {
    Face face = best;
    face.box = {share(left_), share(top_), share(width_), share(height_)};
    for (size_t k = 0; k < points_.size(); ++k) {
      (*face.keypoints)[k] = {share(points_[k].x), share(points_[k].y)};
    }
    return face;
  }

 private:
  struct Sum {
    double x = 0, y = 0;
  };

  float share(double sum) const { return static_cast<float>(sum / weight_); }

  double weight_ = 0, left_ = 0, top_ = 0, width_ = 0, height_ = 0;
  std::array<Sum, 6> points_;
};

}  // namespace

std::vector<Face> weighted_nms(std::vector<Face> faces, float overlap) {
  std::stable_sort(faces.begin(), faces.end(),
                   [](const Face& a, const Face& b) { return a.score > b.score; });
  std::vector<Face> results;
  while (!faces.empty()) {
    const Face best = faces.front();
    WeightedMean mean;
    std::vector<Face> rest;
    for (const Face& face : faces) {
      const bool is_best = &face == &faces.front();
      if (is_best || intersection_over_union(best.box, face.box) > overlap) {
        mean.add(face);
      } else {
        rest.push_back(face);
      }
    }
    results.push_back(mean.mean(best));
    faces = std::move(rest);
  }
  return results;
}

}  // namespace faceveil
