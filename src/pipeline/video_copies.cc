#include "pipeline/video_copies.h"

#include <functional>
#include <string_view>

#include "pipeline/video_steps.h"

namespace faceveil {
namespace {

// FNV-1a's way, a row of samples at a time: told apart is what chance and bugs make, not what
// anybody made on purpose.
uint64_t sum_with(uint64_t sum, const VideoFrame& frame) {
  const size_t sample_bytes = frame.bits_per_sample() > 8 ? 2 : 1;
  for (int index = 0; index < 3; ++index) {
    const SeenPlane plane = frame.seen_plane(index);
    for (int y = 0; y < plane.size.height; ++y) {
      const std::string_view row(plane.row<char>(y),
                                 static_cast<size_t>(plane.size.width) * sample_bytes);
      sum = (sum ^ std::hash<std::string_view>{}(row)) * 1'099'511'628'211U;
    }
  }
  return sum;
}

}  // namespace

const PictureRange* CopiedGroups::beginning_at(int64_t picture) const {
  return at_ < groups_.size() && groups_[at_].from == picture ? &groups_[at_] : nullptr;
}

bool CopiedGroups::hold(int64_t picture) {
  while (at_ < groups_.size() && groups_[at_].to <= picture) ++at_;
  return at_ < groups_.size() && groups_[at_].from <= picture;
}

void CopiedGroups::remember(const VideoFrame& frame) {
  sums_.resize(at_ + 1);
  sums_[at_] = sum_with(sums_[at_], frame);
}

int64_t CopiedGroups::pictures() const {
  int64_t count = 0;
  for (const PictureRange& group : groups_) count += group.to - group.from;
  return count;
}

Result<bool> CopiedGroups::are_whole_in(const std::filesystem::path& film, int64_t pictures,
                                        const VideoOptions& video) const {
  VideoReader reader = TRY(VideoReader::open(film, read_options(video, /*sound=*/false)));
  CopiedGroups seen(groups_);
  FrameCounter counter(video, VideoStage::look_again, pictures);
  for (;;) {
    Result<std::optional<VideoUnit>> unit = reader.next();
    if (!unit && unit.error().kind == Error::Kind::bad_input) return false;
    if (!unit) return tl::unexpected(unit.error());
    if (!*unit) break;
    const int64_t number = counter.frames();
    TRY(counter.count(std::get<VideoFrame>(**unit).time()));
    if (seen.hold(number)) seen.remember(std::get<VideoFrame>(**unit));
  }
  return counter.frames() == pictures && seen.sums_ == sums_;
}

Result<CopiedGroups> groups_to_copy(const RedactionPlan& plan, const std::filesystem::path& input,
                                    const std::filesystem::path& output,
                                    const VideoOptions& video) {
  if (!video.copy_clean || !can_copy_groups(output, video.write)) return CopiedGroups({});
  std::vector<PictureRange> groups =
      TRY(copyable_groups(input, [&](MediaTime time) { return regions_at(plan, time).empty(); }));
  return CopiedGroups(std::move(groups));
}

}  // namespace faceveil
