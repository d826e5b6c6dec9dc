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

// Whether `word` is one of the words of `list`, which blanks separate.
bool lists(std::string_view list, std::string_view word) {
  const std::string padded = " " + std::string(list) + " ";
  return !word.empty() && padded.find(" " + std::string(word) + " ") != std::string::npos;
}

Status check_side(Size size, const StillCodec& codec) {
  if (std::max(size.width, size.height) <= codec.side_max) return {};
  return fail(Error::Kind::over_limit, "A {0} file cannot hold a side longer than {1} pixels.",
              {std::string(codec.name), std::to_string(codec.side_max)});
}

// The still without what the format cannot hold.
Result<Still> reduced(const Still& still, const StillCodec& codec) {
  Still less{{}, still.format, still.traits, still.icc_profile};
  const PixelFormat format = still.image.format();
  const bool too_deep = bytes_per_sample(format) == 2 && !codec.sixteen_bits;
  if (has_alpha(format) && !codec.alpha) {
    less.image = TRY(flattened_on_white(still.image));
    if (!too_deep) return less;
    less.image = TRY(reduced_to_8_bits(less.image));
  } else {
    less.image = TRY(reduced_to_8_bits(still.image));
  }
  return less;
}

bool fits(PixelFormat format, const StillCodec& codec) {
  return (codec.alpha || !has_alpha(format)) &&
         (codec.sixteen_bits || bytes_per_sample(format) == 1);
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

Result<Bytes> encode_still(const Still& still, StillFormat format) {
  const StillCodec& codec = still_codec(format);
  TRY(check_side(still.image.size(), codec));
  if (fits(still.image.format(), codec)) return codec.encode(still);
  const Still less = TRY(reduced(still, codec));
  return codec.encode(less);
}

Result<CleanCopy> copy_without_metadata(BytesView bytes) {
  const StillCodec* codec = TRY(codec_of(bytes));
  return codec->copy(bytes);
}

}  // namespace faceveil
