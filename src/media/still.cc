#include "media/still.h"

#include <algorithm>
#include <string>

#include "media/reduce.h"
#include "media/still_formats.h"

namespace faceveil {
namespace {

// The codec whose first bytes these are.
Result<const StillCodec*> codec_of(BytesView bytes) {
  if (const auto format = sniff_still(bytes)) return &still_codec(*format);
  return fail(Error::Kind::unsupported,
              "This is not a picture that FaceVeil knows (JPEG, PNG, WebP, TIFF, GIF, BMP, HEIC, "
              "AVIF).");
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

// Whether `word`, which holds no blank, is one of the words of `list`, which blanks separate.
bool lists(std::string_view list, std::string_view word) {
  if (word.empty() || word.find(' ') != word.npos) return false;
  const std::string padded = " " + std::string(list) + " ";
  return padded.find(" " + std::string(word) + " ") != padded.npos;
}

Status check_side(Size size, const StillCodec& codec) {
  if (std::max(size.width, size.height) <= codec.side_max) return {};
  return fail(Error::Kind::over_limit, "A {0} file cannot hold a side longer than {1} pixels.",
              {std::string(codec.name), std::to_string(codec.side_max)});
}

bool holds(const StillCodec& codec, PixelFormat format) {
  return (codec.alpha || !has_alpha(format)) && (codec.gray || channel_count(format) >= 3) &&
         (codec.sixteen_bits || bytes_per_sample(format) == 1);
}

// One step that brings `image` nearer to what the format holds.
Result<Image> step_towards(const StillCodec& codec, const Image& image) {
  if (has_alpha(image.format()) && !codec.alpha) return flattened_on_white(image);
  if (image.channels() < 3 && !codec.gray) return expanded_to_colour(image);
  return reduced_to_8_bits(image);
}

// `still`, which the format cannot hold as it is, so that it can.
Result<Still> adapted(const Still& still, const StillCodec& codec) {
  Still fitting{{}, still.format, still.traits, still.icc_profile};
  fitting.image = TRY(step_towards(codec, still.image));
  while (!holds(codec, fitting.image.format())) {
    fitting.image = TRY(step_towards(codec, fitting.image));
  }
  return fitting;
}

}  // namespace

std::optional<StillFormat> sniff_still(BytesView bytes) {
  for (const StillCodec& codec : still_codecs()) {
    if (codec.sniff(bytes)) return codec.format;
  }
  return std::nullopt;
}

std::string_view format_name(StillFormat format) { return still_codec(format).name; }
std::string_view format_mime_type(StillFormat format) { return still_codec(format).mime_type; }

std::string_view format_extension(StillFormat format) {
  const std::string_view all = still_codec(format).extensions;
  return all.substr(0, all.find(' '));
}

std::optional<StillFormat> format_from_name(std::string_view name) {
  for (const StillCodec& codec : still_codecs()) {
    if (codec.name == name) return codec.format;
  }
  return std::nullopt;
}

std::optional<StillFormat> format_from_extension(std::string_view extension) {
  for (const StillCodec& codec : still_codecs()) {
    if (lists(codec.extensions, lower_case(extension))) return codec.format;
  }
  return std::nullopt;
}

Result<StillHeader> read_still_header(BytesView bytes) {
  const StillCodec* codec = TRY(codec_of(bytes));
  return codec->read_header(bytes);
}

Result<Still> decode_still(BytesView bytes) {
  const StillCodec* codec = TRY(codec_of(bytes));
  return codec->decode(bytes);
}

Result<Bytes> encode_still(const Still& still, StillFormat format, const Metadata& kept) {
  const StillCodec& codec = still_codec(format);
  TRY(check_side(still.image.size(), codec));
  if (holds(codec, still.image.format())) return codec.encode(still, kept);
  const Still fitting = TRY(adapted(still, codec));
  return codec.encode(fitting, kept);
}

Result<CleanCopy> copy_with_metadata(BytesView bytes, const Metadata& kept) {
  const StillCodec* codec = TRY(codec_of(bytes));
  return codec->copy(bytes, kept);
}

Result<CleanCopy> copy_without_metadata(BytesView bytes) { return copy_with_metadata(bytes, {}); }

}  // namespace faceveil
