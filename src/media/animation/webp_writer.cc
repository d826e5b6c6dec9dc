// Animated WebP (RFC 9649, section 2.7.1), a frame at a time: of each picture the rectangle in
// which it differs from the one before is coded and laid over that, without blending. So nothing is
// in memory but two pictures, and what did not change is not coded again.

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "media/animation/writing.h"
#include "media/still/numbers.h"
#include "media/still/riff_chunks.h"
#include "media/still/webp.h"
#include "media/video_frame.h"

namespace faceveil {
namespace {

constexpr uint32_t frame_is_not_blended = 0x02;  // Flag of ANMF.
constexpr int duration_ms_max = 0xffffff, plays_max = 0xffff;

bool same_pixel(const uint8_t* a, const uint8_t* b) { return std::memcmp(a, b, 4) == 0; }

// The least rectangle outside which both are the same; absent where all is. Its left and upper
// border are even: ANMF counts in twos.
std::optional<PixelWindow> window_of_changes(const Image& before, const Image& now) {
  const auto [width, height] = now.size();
  int left = width, top = height, right = 0, bottom = 0;
  for (int y = 0; y < height; ++y) {
    const uint8_t* a = before.row<uint8_t>(y);
    const uint8_t* b = now.row<uint8_t>(y);
    if (std::memcmp(a, b, static_cast<size_t>(now.stride_bytes())) == 0) continue;
    top = std::min(top, y);
    bottom = y + 1;
    int first = 0, last = width - 1;
    while (same_pixel(a + ptrdiff_t{first} * 4, b + ptrdiff_t{first} * 4)) ++first;
    while (same_pixel(a + ptrdiff_t{last} * 4, b + ptrdiff_t{last} * 4)) --last;
    left = std::min(left, first);
    right = std::max(right, last + 1);
  }
  if (right == 0) return std::nullopt;
  left &= ~1;
  top &= ~1;
  return PixelWindow{left, top, right - left, bottom - top};
}

bool is_opaque(const Image& image, const PixelWindow& window) {
  for (int y = window.y; y < window.y + window.height; ++y) {
    const uint8_t* pixel = image.row<uint8_t>(y) + ptrdiff_t{window.x} * 4;
    for (int x = 0; x < window.width; ++x, pixel += 4) {
      if (pixel[3] != 255) return false;
    }
  }
  return true;
}

Result<Image> cut_out(const Image& image, const PixelWindow& window) {
  const int channels = is_opaque(image, window) ? 3 : 4;
  Image cut = TRY(Image::create(pixel_format(channels, 1), Size{window.width, window.height}));
  for (int y = 0; y < window.height; ++y) {
    const uint8_t* from = image.row<uint8_t>(window.y + y) + ptrdiff_t{window.x} * 4;
    uint8_t* to = cut.row<uint8_t>(y);
    for (int x = 0; x < window.width; ++x, from += 4, to += channels)
      std::copy_n(from, channels, to);
  }
  return cut;
}

// The chunks of one coded picture.
Result<Bytes> coded(Image image, bool lossless) {
  Still still;
  still.image = std::move(image);
  still.format = StillFormat::webp;
  still.traits.lossless = lossless;
  const Bytes file = TRY(encode_webp(still, {}));
  Bytes chunks;
  for (const RiffChunk& chunk : TRY(read_riff_chunks(file))) {
    if (chunk.type != "VP8X") append_riff_chunk(chunks, chunk.type, chunk.content);
  }
  return chunks;
}

// A frame that leaves all as it was.
Result<Image> nothing_to_blend() { return Image::create(PixelFormat::rgba8, Size{1, 1}); }

class WebpSink : public PictureSink {
 public:
  WebpSink(int descriptor, Size size, bool has_icc) : descriptor_(descriptor), size_(size) {
    flags_ = webp_is_animated | (has_icc ? webp_has_icc : 0);
  }

  // With lengths and flags as far as they are known; again when all is written.
  Bytes header() const {
    Bytes vp8x;
    append_little(vp8x, flags_, 4);
    append_little(vp8x, static_cast<uint32_t>(size_.width - 1), 3);
    append_little(vp8x, static_cast<uint32_t>(size_.height - 1), 3);
    Bytes body;
    append_riff_chunk(body, "VP8X", vp8x);
    Bytes file = riff_file(body);
    Bytes length;
    append_little(length, static_cast<uint32_t>(written_bytes_ - 8), 4);
    if (written_bytes_ > 0) std::ranges::copy(length, file.begin() + 4);
    return file;
  }

  Status put(BytesView bytes) {
    constexpr uint64_t bytes_max = 0xfffffffe;
    if (written_bytes_ + bytes.size() > bytes_max) {
      return fail(Error::Kind::over_limit,
                  "The animation would be longer than a WebP file can be.");
    }
    TRY(write_all(descriptor_, bytes));
    written_bytes_ += bytes.size();
    return {};
  }

  Status write(AnimationPicture picture, const MayDiffer&) override {
    std::optional<PixelWindow> window = PixelWindow{0, 0, size_.width, size_.height};
    if (before_.size() == size_) window = window_of_changes(before_, picture.image);
    const bool lossless = picture.lossless || !window;
    Image part = TRY(window ? cut_out(picture.image, *window) : nothing_to_blend());
    if (has_alpha(part.format())) flags_ |= webp_has_alpha;
    const PixelWindow place = window.value_or(PixelWindow{0, 0, 1, 1});
    Bytes frame;
    append_little(frame, static_cast<uint32_t>(place.x / 2), 3);
    append_little(frame, static_cast<uint32_t>(place.y / 2), 3);
    append_little(frame, static_cast<uint32_t>(place.width - 1), 3);
    append_little(frame, static_cast<uint32_t>(place.height - 1), 3);
    append_little(frame, static_cast<uint32_t>(std::min(picture.duration_ms, duration_ms_max)), 3);
    append_little(frame, window ? frame_is_not_blended : 0, 1);
    const Bytes chunks = TRY(coded(std::move(part), lossless));
    append(frame, chunks);
    Bytes chunk;
    append_riff_chunk(chunk, "ANMF", frame);
    before_ = std::move(picture.image);
    return put(chunk);
  }

  Status finish() override {
    const Bytes whole = header();
    const ssize_t put = pwrite(descriptor_, whole.data(), whole.size(), 0);
    if (put == std::ssize(whole)) return {};
    return fail(Error::Kind::io, "The output cannot be written ({0}).", {std::strerror(errno)});
  }

 private:
  int descriptor_;
  Size size_;
  uint32_t flags_ = 0;
  uint64_t written_bytes_ = 0;
  Image before_;
};

}  // namespace

Result<std::unique_ptr<PictureSink>> webp_sink(int descriptor, const AnimationInfo& like) {
  auto sink = std::make_unique<WebpSink>(descriptor, like.size, !like.icc_profile.empty());
  Bytes beginning = sink->header();
  if (!like.icc_profile.empty()) append_riff_chunk(beginning, "ICCP", like.icc_profile);
  Bytes animation;
  append_little(animation, 0, 4);  // The colour behind it, which players leave out.
  append_little(animation, static_cast<uint32_t>(std::min(like.plays, plays_max)), 2);
  append_riff_chunk(beginning, "ANIM", animation);
  TRY(sink->put(beginning));
  return std::unique_ptr<PictureSink>(std::move(sink));
}

}  // namespace faceveil
