// Whether an animation outside its regions is what it was made from.

#include <cstring>
#include <set>

#include "pipeline/animation.h"
#include "pipeline/locality.h"
#include "pipeline/video_steps.h"

namespace faceveil {
namespace {

// A picture of a GIF has 256 places, one of which may mean "as before".
constexpr size_t sure_colours_max = 255;

Check outcome(CheckOutcome outcome, Sentence note) {
  return {CheckId::locality, outcome, std::move(note)};
}

Check not_local(Sentence note) { return outcome(CheckOutcome::not_checked, std::move(note)); }

int64_t different_pixels(const Image& output, const Image& source, const HiddenMap& hidden) {
  int64_t different = 0;
  for (int y = 0; y < output.size().height; ++y) {
    const uint8_t* a = output.row<uint8_t>(y);
    const uint8_t* b = source.row<uint8_t>(y);
    if (std::memcmp(a, b, static_cast<size_t>(output.stride_bytes())) == 0) continue;
    for (int x = 0; x < output.size().width; ++x, a += 4, b += 4) {
      different += hidden.is_visible(x, y) && std::memcmp(a, b, 4) != 0;
    }
  }
  return different;
}

bool has_many_colours(const Image& image) {
  std::set<uint32_t> colours;
  const uint8_t* pixel = image.row<uint8_t>(0);
  for (size_t at = 0; at < image.size_bytes() && colours.size() <= sure_colours_max; at += 4) {
    uint32_t colour = 0;
    std::memcpy(&colour, pixel + at, 4);
    if (pixel[at + 3] != 0) colours.insert(colour);
  }
  return colours.size() > sure_colours_max;
}

class Comparing {
 public:
  Comparing(const VideoVerifyRequest& request, AnimationReader output, AnimationReader source)
      : plan_(*request.plan), output_(std::move(output)), source_(std::move(source)) {
    options_.stop_requested = request.stop_requested;
  }

  Result<Check> all() {
    FrameCounter counter(options_, VideoStage::look_again, output_.info().picture_count);
    while (const std::optional<AnimationPicture> picture = TRY(output_.next())) {
      TRY(counter.count(picture->time));
      const std::optional<AnimationPicture> before = TRY(source_.next());
      if (!before) break;
      if (!picture->lossless || !before->lossless) {
        return not_local(Sentence{"Its pictures, or the source's, are lossy.", {}});
      }
      compare(*picture, *before);
    }
    return what_was_seen();
  }

 private:
  void compare(const AnimationPicture& picture, const AnimationPicture& before) {
    const HiddenMap hidden = hidden_by(plan_, before.image.size(), before.time);
    const int64_t different = different_pixels(picture.image, before.image, hidden);
    if (different == 0) return;
    const bool may_be_approximated =
        output_.info().format == StillFormat::gif && has_many_colours(before.image);
    approximated_ += may_be_approximated;
    if (!may_be_approximated) different_ += different;
  }

  Check what_was_seen() const {
    if (different_ > 0) {
      return outcome(CheckOutcome::found,
                     Sentence{"{0} pixels outside the regions differ from the source's.",
                              {std::to_string(different_)}});
    }
    if (approximated_ > 0) {
      return not_local(
          Sentence{"{0} pictures have more colours than a picture of a GIF has room for; all "
                   "others are the source's outside the regions.",
                   {std::to_string(approximated_)}});
    }
    return outcome(
        CheckOutcome::clean,
        Sentence{"Every pixel outside the regions is the source's, in each of {0} pictures.",
                 {std::to_string(output_.info().picture_count)}});
  }

  const RedactionPlan& plan_;
  AnimationReader output_, source_;
  VideoOptions options_;
  int64_t different_ = 0, approximated_ = 0;
};

}  // namespace

Result<Check> check_animation_locality(const VideoVerifyRequest& request) {
  if (!sniff_animation(request.film)) return not_local(Sentence{"Not compared in films.", {}});
  if (request.source.empty() || !request.plan) {
    return not_local(Sentence{"This needs the source and the plan.", {}});
  }
  if (request.has_frames) return not_local(Sentence{"Green frames were to be drawn.", {}});
  if (!sniff_animation(request.source)) {
    return not_local(Sentence{"The source is no animation.", {}});
  }
  AnimationReader output = TRY(AnimationReader::open(request.film));
  AnimationReader source = TRY(AnimationReader::open(request.source));
  const AnimationInfo& made = output.info();
  const AnimationInfo& from = source.info();
  if (made.size != from.size) {
    return outcome(CheckOutcome::found, Sentence{"The source has another size.", {}});
  }
  if (made.picture_count != from.picture_count) {
    return outcome(CheckOutcome::found, Sentence{"The source has {0} pictures, this has {1}.",
                                                 {std::to_string(from.picture_count),
                                                  std::to_string(made.picture_count)}});
  }
  if (made.format == StillFormat::gif && from.format != StillFormat::gif) {
    return not_local(Sentence{"A GIF has fewer colours than the source.", {}});
  }
  return Comparing(request, std::move(output), std::move(source)).all();
}

}  // namespace faceveil
