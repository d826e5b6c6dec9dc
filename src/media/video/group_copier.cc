#include "media/video/group_copier.h"

#include <algorithm>
#include <cstring>

namespace faceveil {
namespace av {
namespace {

std::span<const uint8_t> bytes_of(const uint8_t* data, int size) {
  return {data, data ? static_cast<size_t>(size) : 0};
}

bool can_be_copied(const VideoReader::State& state) {
  if (state.animation) return false;
  const AVCodecParameters& coded = *state.format->streams[state.video]->codecpar;
  const bool progressive =
      coded.field_order == AV_FIELD_PROGRESSIVE || coded.field_order == AV_FIELD_UNKNOWN;
  // The encoder's own kind, so that one decoder goes on from one to the other.
  const bool alike =
      coded.format == AV_PIX_FMT_YUV420P && coded.width % 2 == 0 && coded.height % 2 == 0;
  return coded.codec_id == AV_CODEC_ID_H264 && progressive && alike && !state.turn.any();
}

// Coded pictures may be larger than what is shown of them, by less than a block for the codec's
// sake: what lies further out nobody has looked at.
Result<bool> shows_all_that_is_coded(const std::filesystem::path& path) {
  VideoReader film = TRY(VideoReader::open(path, {false, false, 1}));
  TRY(film.next());
  constexpr int block = 16;
  const AVCodecContext& decoder = *film.state().decoder;
  return decoder.coded_width - decoder.width < block &&
         decoder.coded_height - decoder.height < block;
}

bool belongs_to_group(h264::UnitType type) {
  using enum h264::UnitType;
  return type == slice || type == key_slice || type == remarks || type == delimiter ||
         type == filler;
}

bool is_kept(h264::Unit unit) {
  return h264::type_of(unit) == h264::UnitType::slice ||
         h264::type_of(unit) == h264::UnitType::key_slice;
}

tl::unexpected<Error> not_as_before() {
  return fail(Error::Kind::bad_input, "The film changed while it was read.");
}

}  // namespace

Result<std::unique_ptr<GroupCopier>> GroupCopier::open(const std::filesystem::path& path) {
  VideoReader film = TRY(VideoReader::open(path, {false, false, 1}));
  std::unique_ptr<GroupCopier> copier;
  if (!can_be_copied(film.state())) return copier;
  const AVCodecParameters& coded = *film.state().format->streams[film.state().video]->codecpar;
  std::optional<h264::ParameterSets> sets =
      h264::parameter_sets(bytes_of(coded.extradata, coded.extradata_size));
  if (!sets || sets->sequence_count() != 1 || !sets->free_number()) return copier;
  const bool shows_all = TRY(shows_all_that_is_coded(path));
  if (!shows_all) return copier;
  copier.reset(new GroupCopier(std::move(film)));
  copier->sets_ = std::move(*sets);
  return copier;
}

int GroupCopier::delay() const {
  return film_.state().format->streams[film_.state().video]->codecpar->video_delay;
}

Result<Packet> GroupCopier::next() {
  const VideoReader::State& state = film_.state();
  Packet packet(av_packet_alloc());
  if (!packet) return fail(Error::Kind::over_limit, "There is not enough memory for this film.");
  while (av_read_frame(state.format.get(), packet.get()) >= 0) {
    if (packet->stream_index == state.video) {
      ++read_;
      return packet;
    }
    av_packet_unref(packet.get());
  }
  return Packet();
}

std::optional<std::vector<h264::Unit>> GroupCopier::units_of(const AVPacket& packet) const {
  std::optional<std::vector<h264::Unit>> units =
      h264::units_of(bytes_of(packet.data, packet.size), sets_.framing);
  const bool as_expected = units && std::ranges::all_of(*units, [&](h264::Unit unit) {
                             return belongs_to_group(h264::type_of(unit)) || sets_.hold(unit);
                           });
  if (!as_expected) units.reset();
  return units;
}

bool GroupCopier::has_sane_time(const AVPacket& packet) const {
  return is_sane_time(packet.pts, film_.state().format->streams[film_.state().video]->time_base);
}

MediaTime GroupCopier::time_of(const AVPacket& packet, int64_t first_pts) const {
  const AVRational base = film_.state().format->streams[film_.state().video]->time_base;
  return {av_rescale_q(packet.pts - first_pts, base, AVRational{1, 1'000'000})};
}

Result<Packet> GroupCopier::stripped(const AVPacket& packet, bool with_sets) const {
  const std::optional<std::vector<h264::Unit>> units = units_of(packet);
  if (!units) return not_as_before();
  std::vector<uint8_t> stream;
  for (size_t i = 0; with_sets && i < sets_.units.size(); ++i) {
    h264::append_unit(stream, sets_.units[i]);
  }
  for (const h264::Unit unit : *units) {
    if (is_kept(unit)) h264::append_unit(stream, unit);
  }
  Packet copy(av_packet_alloc());
  if (!copy || av_new_packet(copy.get(), static_cast<int>(stream.size())) < 0) {
    return fail(Error::Kind::over_limit, "There is not enough memory for this film.");
  }
  std::memcpy(copy->data, stream.data(), stream.size());
  copy->pts = packet.pts;
  copy->duration = packet.duration;
  copy->flags = packet.flags & AV_PKT_FLAG_KEY;
  return copy;
}

Status GroupCopier::copy(PictureRange range, bool repeats_sets, const Sink& sink) {
  while (read_ < range.to) {
    const Packet packet = TRY(next());
    if (!packet) return not_as_before();
    const int64_t number = read_ - 1;
    if (number < range.from) continue;
    Packet copied = TRY(stripped(*packet, repeats_sets && number == range.from));
    TRY(sink(std::move(copied)));
  }
  return {};
}

}  // namespace av

namespace {

// Puts groups together from packets in the order in which they are coded.
class Groups {
 public:
  Groups(const av::GroupCopier& copier, const std::function<bool(MediaTime)>& may_be_copied)
      : copier_(copier), may_be_copied_(may_be_copied) {}

  // Whether the film as a whole can still be copied from.
  bool add(const AVPacket& packet) {
    const std::optional<std::vector<h264::Unit>> units = copier_.units_of(packet);
    const bool is_plain =
        copier_.has_sane_time(packet) && (packet.flags & AV_PKT_FLAG_DISCARD) == 0;
    if (!units || !is_plain) return false;
    const bool begins = std::ranges::any_of(
        *units, [](h264::Unit unit) { return h264::type_of(unit) == h264::UnitType::key_slice; });
    if (count_ == 0 && !begins) return false;
    if (begins) begin(packet.pts);
    // Nothing in a closed group is shown before its first picture, or after the next one's.
    if (packet.pts < group_pts_ || group_pts_ <= last_pts_before_) return false;
    latest_pts_ = std::max(latest_pts_, packet.pts);
    is_clean_ = is_clean_ && may_be_copied_(copier_.time_of(packet, first_pts_));
    ++count_;
    return true;
  }

  std::vector<PictureRange> finish() {
    close();
    return std::move(found_);
  }

 private:
  void begin(int64_t pts) {
    close();
    if (count_ == 0) first_pts_ = pts;
    last_pts_before_ = latest_pts_;
    group_pts_ = latest_pts_ = pts;
    from_ = count_;
    is_clean_ = true;
  }

  void close() {
    if (is_clean_ && count_ > from_) found_.push_back({from_, count_});
    is_clean_ = false;
  }

  const av::GroupCopier& copier_;
  const std::function<bool(MediaTime)>& may_be_copied_;
  std::vector<PictureRange> found_;
  int64_t first_pts_ = 0, group_pts_ = INT64_MIN, latest_pts_ = INT64_MIN,
          last_pts_before_ = INT64_MIN;
  int64_t count_ = 0, from_ = 0;
  bool is_clean_ = false;
};

}  // namespace

Result<std::vector<PictureRange>> copyable_groups(
    const std::filesystem::path& film, const std::function<bool(MediaTime)>& may_be_copied) {
  const std::unique_ptr<av::GroupCopier> copier = TRY(av::GroupCopier::open(film));
  if (!copier) return std::vector<PictureRange>();
  Groups groups(*copier, may_be_copied);
  for (;;) {
    const av::Packet packet = TRY(copier->next());
    if (!packet) return groups.finish();
    if (!groups.add(*packet)) return std::vector<PictureRange>();
  }
}

}  // namespace faceveil
