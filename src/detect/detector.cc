#include "detect/detector.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <variant>

#include "base/check.h"
#include "detect/finder.h"
#include "detect/haar.h"
#include "detect/haar_search.h"
#include "detect/quick_search.h"

namespace faceveil {

struct Detector::State {
  DetectorOptions options;
  std::variant<QuickSearch, Finder, HaarSearch> way;
};

float score_min_of_sensitivity(float sensitivity) {
  if (sensitivity == 0.5f) return DetectorOptions{}.score_min;  // To the bit.
  constexpr float default_log_odds = -1.386294f, span = 6;
  const float log_odds = default_log_odds + span * (0.5f - sensitivity);
  return std::clamp(1 / (1 + std::exp(-log_odds)), 0.01f, 1.0f);
}

Status check(const DetectorOptions& options) {
  const bool is_quick = options.search == Search::quick;
  if (is_quick != (options.detector != DetectorId::fusion)) {
    return fail(
        Error::Kind::bad_input,
        "Detector {0} does not do {1} search: fusion does balanced and thorough search, "
        "single networks do quick search.",
        {std::string(detector_name(options.detector)), std::string(search_name(options.search))});
  }
  return {};
}

Result<Detector> Detector::create(const std::filesystem::path& model_folder,
                                  DetectorOptions options) {
  TRY(check(options));
  if (options.detector == DetectorId::haar) {
    const std::filesystem::path folder = TRY(find_haar_folder());
    HaarSearch haar = TRY(HaarSearch::create(folder));
    return Detector(std::make_shared<const State>(State{std::move(options), std::move(haar)}));
  }
  if (options.search == Search::quick) {
    QuickSearch quick = TRY(QuickSearch::create(model_folder, options.detector));
    return Detector(std::make_shared<const State>(State{std::move(options), std::move(quick)}));
  }
  Finder finder = TRY(Finder::create(model_folder, options));
  return Detector(std::make_shared<const State>(State{std::move(options), std::move(finder)}));
}

Detector::Detector(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Detector Detector::stoppable(StopRequested stop) const {
  Detector stoppable = *this;
  stoppable.stop_ = std::move(stop);
  return stoppable;
}

Detector Detector::searching(Search search) const {
  DetectorOptions options = state_->options;
  options.search = search;
  CHECK(check(options).has_value());
  Detector other = *this;
  if (const auto* const finder = std::get_if<Finder>(&state_->way)) {
    other.state_ =
        std::make_shared<const State>(State{std::move(options), finder->searching(search)});
  }
  return other;
}

const DetectorOptions& Detector::options() const { return state_->options; }

Result<std::vector<Face>> Detector::detect(const Image& picture) const {
  return detect(picture, state_->options.score_min);
}

namespace {

Status check(const Image& picture, float score_min) {
  if (!(score_min > 0 && score_min <= 1)) {
    return fail(Error::Kind::bad_input, "The threshold must be above 0 and at most 1.");
  }
  if (picture.size().width < 1 || picture.size().height < 1) {
    return fail(Error::Kind::bad_input, "The picture is empty ({0} x {1} pixels).",
                {std::to_string(picture.size().width), std::to_string(picture.size().height)});
  }
  return {};
}

}  // namespace

Result<std::vector<Face>> Detector::detect(const Image& picture, float score_min) const {
  TRY(check(picture, score_min));
  TRY(stop_if(stop_));
  if (const auto* finder = std::get_if<Finder>(&state_->way)) {
    return finder->find(picture, score_min, stop_);
  }
  if (const auto* quick = std::get_if<QuickSearch>(&state_->way)) {
    return quick->find(picture, score_min);
  }
  return std::get<HaarSearch>(state_->way).find(picture, score_min);
}

Result<std::vector<Face>> Detector::detect_expected(const Image& part, float side_px,
                                                    float score_min) const {
  CHECK(side_px > 0);
  const auto* const finder = std::get_if<Finder>(&state_->way);
  if (!finder) return detect(part, score_min);
  TRY(check(part, score_min));
  TRY(stop_if(stop_));
  return finder->find_expected(part, side_px, score_min, stop_);
}

double Detector::gflop(Size picture) const {
  if (const auto* finder = std::get_if<Finder>(&state_->way)) return finder->gflop(picture);
  if (const auto* quick = std::get_if<QuickSearch>(&state_->way)) return quick->gflop();
  return 0;  // Of the cascades nobody knows: their work depends on the picture.
}

}  // namespace faceveil
