// Animations in: which format, what stands beside the pictures, upright, in order of time.

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>

#include "base/limits.h"
#include "media/animation/pictures.h"
#include "media/still/gif_blocks.h"
#include "media/still/numbers.h"
#include "media/still/png_chunks.h"
#include "media/still/riff_chunks.h"
#include "media/video.h"

namespace faceveil {
namespace {

bool has_two_gif_images(BytesView file) {
  int count = 0;
  size_t at = first_gif_block(file);
  while (count < 2 && (u8_at(file, at) == gif_extension || u8_at(file, at) == gif_image)) {
    count += u8_at(file, at) == gif_image;
    at = end_of_gif_block(file, at);
  }
  return count == 2;
}

bool has_two_webp_frames(BytesView file) {
  const Result<std::vector<RiffChunk>> chunks = read_riff_chunks(file);
  return chunks && std::ranges::count(*chunks, "ANMF", &RiffChunk::type) >= 2;
}

std::optional<StillFormat> sniff_head(const std::filesystem::path& path) {
  std::array<char, 16> head = {};
  std::error_code error;
  if (path == "-" || !std::filesystem::is_regular_file(path, error)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), head.size());
  return sniff_still(as_bytes({head.data(), static_cast<size_t>(file.gcount())}));
}

void add_once(std::vector<std::string>& names, std::string_view name) {
  if (std::ranges::find(names, name) == names.end()) names.emplace_back(name);
}

// What all pictures of an animation have beside them is not theirs: it goes.
Status describe_rest(BytesView file, AnimationInfo& info) {
  for (const MetadataFinding& found : TRY(inspect_metadata(file))) {
    // Those are the pictures; a missing trailer hides nothing.
    if (found.kind == MetadataKind::further_picture || found.kind == MetadataKind::damaged)
      continue;
    const MetadataClass kind = class_of(found.kind);
    if (kind == MetadataClass::colour) continue;
    const bool is_words = kind == MetadataClass::words || kind == MetadataClass::place;
    add_once(is_words ? info.words : info.further, kind_name(found.kind));
  }
  return {};
}

}  // namespace

int shown_ms(int duration_ms) { return duration_ms <= 10 ? 100 : duration_ms; }

Status check_animation(Size size, int64_t picture_count) {
  if (size.width <= 0 || size.height <= 0 || picture_count <= 0) {
    return fail(Error::Kind::bad_input, "There is not one picture in this animation.");
  }
  if (int64_t{size.width} * size.height > limits::animation_pixels_max) {
    return fail(Error::Kind::over_limit,
                "The animation's pictures have {0} x {1} pixels, which is above the limit of {2} "
                "megapixels.",
                {std::to_string(size.width), std::to_string(size.height),
                 std::to_string(limits::animation_pixels_max / 1'000'000)});
  }
  const int64_t most =
      std::min(limits::animation_pictures_max, limits::animation_rows_max / size.height);
  if (picture_count <= most) return {};
  return fail(Error::Kind::over_limit,
              "The animation has {0} pictures; at this size at most {1} are handled. Cut it into "
              "shorter ones.",
              {std::to_string(picture_count), std::to_string(most)});
}

tl::unexpected<Error> damaged_animation(const std::string& format) {
  return fail(Error::Kind::bad_input, "The {0} file is damaged or cut short.", {format});
}

Result<Image> seen_pixels(const Image& image) {
  Image seen = TRY(Image::create(PixelFormat::rgba8, image.size()));
  const int channels = image.channels();
  const bool is_gray = channels <= 2;
  for (int y = 0; y < image.size().height; ++y) {
    const uint8_t* from = image.row<uint8_t>(y);
    uint8_t* to = seen.row<uint8_t>(y);
    for (int x = 0; x < image.size().width; ++x, from += channels, to += 4) {
      const uint8_t alpha = channels % 2 == 0 ? from[channels - 1] : uint8_t{255};
      if (alpha == 0) continue;
      to[0] = from[0];
      to[1] = from[is_gray ? 0 : 1];
      to[2] = from[is_gray ? 0 : 2];
      to[3] = alpha;
    }
  }
  return seen;
}

bool is_animation(BytesView file) {
  const std::optional<StillFormat> format = sniff_still(file);
  if (format == StillFormat::gif) return has_two_gif_images(file);
  if (format == StillFormat::webp) return has_two_webp_frames(file);
  if (format != StillFormat::png) return false;
  const Result<std::vector<PngChunk>> chunks = read_png_chunks(file);
  return chunks && std::ranges::find(*chunks, "acTL", &PngChunk::type) != chunks->end();
}

std::optional<StillFormat> sniff_animation(const std::filesystem::path& path) {
  const std::optional<StillFormat> format = sniff_head(path);
  if (format != StillFormat::gif && format != StillFormat::webp) return std::nullopt;
  const Result<Bytes> file = read_file(path, limits::input_bytes_max);
  if (!file) return std::nullopt;
  return is_animation(*file) ? format : std::nullopt;
}

std::optional<StillFormat> animation_format_for(const std::filesystem::path& output,
                                                StillFormat read) {
  if (output == "-" || is_video_name(output)) return std::nullopt;
  std::string extension = output.extension().string();
  if (!extension.empty()) extension.erase(0, 1);
  const std::optional<StillFormat> named = format_from_extension(extension);
  if (named == StillFormat::gif || named == StillFormat::webp) return named;
  return named ? std::nullopt : std::optional(read);
}

struct AnimationReader::State {
  Bytes file;
  OpenAnimation open;
  int64_t time_ms = 0;
};

AnimationReader::AnimationReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
AnimationReader::~AnimationReader() = default;
AnimationReader::AnimationReader(AnimationReader&&) noexcept = default;
AnimationReader& AnimationReader::operator=(AnimationReader&&) noexcept = default;
const AnimationInfo& AnimationReader::info() const { return state_->open.info; }

Result<AnimationReader> AnimationReader::open(const std::filesystem::path& path) {
  auto state = std::make_unique<State>();
  state->file = TRY(read_file(path, limits::input_bytes_max));
  const std::optional<StillFormat> format = sniff_still(state->file);
  if (format != StillFormat::gif && format != StillFormat::webp) {
    return fail(Error::Kind::unsupported, "This is no animation that FaceVeil knows (GIF, WebP).");
  }
  state->open = TRY(format == StillFormat::gif ? open_gif_pictures(state->file)
                                               : open_webp_pictures(state->file));
  state->open.info.size = upright_size(state->open.info.size, state->open.orientation);
  TRY(describe_rest(state->file, state->open.info));
  return AnimationReader(std::move(state));
}

Result<std::optional<AnimationPicture>> AnimationReader::next() {
  std::optional<AnimationPicture> picture = TRY(state_->open.pictures->next());
  if (!picture) return picture;
  picture->time = {state_->time_ms * 1000};
  state_->time_ms += shown_ms(picture->duration_ms);
  picture->image = TRY(turned_upright(std::move(picture->image), state_->open.orientation));
  return picture;
}

}  // namespace faceveil
