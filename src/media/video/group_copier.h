// Coded pictures from a film that is read, ready for a file that is written.
#pragma once

#include "media/video.h"
#include "media/video/h264_units.h"
#include "media/video/reader_state.h"
#include "media/video_copy.h"

namespace faceveil::av {

class GroupCopier {
 public:
  using Sink = std::function<Status(Packet)>;

  // Absent where the film's pictures cannot be copied at all. Errors: as VideoReader::open.
  static Result<std::unique_ptr<GroupCopier>> open(const std::filesystem::path&);

  const h264::ParameterSets& sets() const { return sets_; }
  // How many pictures coded before one may be shown after it.
  int delay() const;

  // The next coded picture of the film; absent at its end. Errors: bad_input.
  Result<Packet> next();
  // Its units, borrowed; absent where they are not as expected of one that can be copied.
  std::optional<std::vector<h264::Unit>> units_of(const AVPacket&) const;
  bool has_sane_time(const AVPacket& packet) const;
  MediaTime time_of(const AVPacket& packet, int64_t first_pts) const;

  // The pictures of a closed group, in the order in which they are coded, with start codes before
  // their units and without remarks. `repeats_sets`: with the parameter sets before the first.
  // Ranges come in their order.
  Status copy(PictureRange, bool repeats_sets, const Sink&);

 private:
  explicit GroupCopier(VideoReader film) : film_(std::move(film)) {}
  Result<Packet> stripped(const AVPacket&, bool with_sets) const;

  VideoReader film_;
  h264::ParameterSets sets_;
  int64_t read_ = 0;  // Pictures.
};

}  // namespace faceveil::av
