#include "media/still/png.h"

#include <algorithm>

#include "base/limits.h"
#include "media/metadata/write.h"
#include "media/still/numbers.h"
#include "media/still/png_chunks.h"
#include "media/still/png_palette.h"
#include "media/still/png_stream.h"
#include "media/still/vips_wall.h"

namespace faceveil {
namespace {

const std::string png_name = "PNG";

// Says which colours the samples mean, in as many bytes as the standard gives it (11.3.2): readers
// pass over it where there are more, in which anything might travel.
bool tells_colours(const PngChunk& chunk) {
  struct Kind {
    std::string_view type;
    size_t bytes;
  };
  constexpr Kind kinds[] = {{"gAMA", 4}, {"cHRM", 32}, {"sRGB", 1}, {"cICP", 4}};
  return std::ranges::any_of(kinds, [&](const Kind& kind) {
    return chunk.type == kind.type && chunk.content.size() == kind.bytes;
  });
}

// What a picture needs to look as it does. All else is dropped: text, time, EXIF, thumbnails of
// applications, the further frames of an animation.
bool belongs_to_picture(const PngChunk& chunk) {
  constexpr std::string_view kept[] = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND",
                                       "iCCP", "sBIT", "pHYs", "bKGD"};
  return std::ranges::find(kept, chunk.type) != std::end(kept) || tells_colours(chunk);
}

// The first of each kind: more are against the standard. A profile rules out sRGB (11.3.2.5).
Bytes colours_of(const std::vector<PngChunk>& chunks) {
  std::vector<std::string_view> known;
  const bool has_profile = std::ranges::count(chunks, "iCCP", &PngChunk::type) > 0;
  if (has_profile) known.push_back("sRGB");
  Bytes colours;
  for (const PngChunk& chunk : chunks) {
    if (!tells_colours(chunk) || std::ranges::count(known, chunk.type) > 0) continue;
    known.push_back(chunk.type);
    append(colours, chunk.whole);
  }
  return colours;
}

// Behind IHDR, which is the first chunk and has 13 bytes (11.2.1).
Bytes with_colours(const Bytes& file, const Bytes& colours) {
  constexpr ptrdiff_t first_chunk_bytes = 4 + 4 + 13 + 4;
  Bytes whole = file;
  whole.insert(whole.begin() + std::ssize(png_signature) + first_chunk_bytes, colours.begin(),
               colours.end());
  return whole;
}

Orientation orientation_of(const std::vector<PngChunk>& chunks) {
  for (const PngChunk& chunk : chunks) {
    if (chunk.type == "eXIf") return prefixed_exif_orientation(chunk.content);
  }
  return Orientation::top_left;
}

bool has_density(const std::vector<PngChunk>& chunks) {
  return std::any_of(chunks.begin(), chunks.end(),
                     [](const PngChunk& chunk) { return chunk.type == "pHYs"; });
}

Result<VipsImagePtr> open_png(BytesView bytes) {
  TRY(start_vips());
  VipsImage* image = nullptr;
  const int status =
      vips_pngload_buffer(const_cast<std::byte*>(bytes.data()), bytes.size(), &image, "access",
                          VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, nullptr);
  return opened(status, image, png_name);
}

Bytes picture_chunks_only(const std::vector<PngChunk>& chunks) {
  Bytes kept;
  append(kept, as_bytes(png_signature));
  for (const PngChunk& chunk : chunks) {
    if (belongs_to_picture(chunk)) append(kept, chunk.whole);
  }
  return kept;
}

// Bytes behind the profile's stream would be carried on with it (11.3.2.3: a name, a zero, a
// method).
bool has_whole_profile(const std::vector<PngChunk>& chunks) {
  for (const PngChunk& chunk : chunks) {
    if (chunk.type != "iCCP") continue;
    const size_t name_bytes = as_text(chunk.content).substr(0, 80).find('\0');
    if (name_bytes == std::string_view::npos || name_bytes + 2 > chunk.content.size()) return false;
    const auto bytes_max = static_cast<size_t>(limits::icc_profile_bytes_max);
    if (!inflated(chunk.content.subspan(name_bytes + 2), bytes_max)) return false;
  }
  return true;
}

// Whether the pixels are numbers of colours (11.2.1: colour type 3).
bool has_palette(const std::vector<PngChunk>& chunks) {
  constexpr size_t colour_type_at = 9;
  return chunks.front().type == "IHDR" && chunks.front().content.size() > colour_type_at &&
         u8_at(chunks.front().content, colour_type_at) == 3;
}

Result<Bytes> encode_pixels(const Still& still) {
  if (still.traits.palette) {
    if (std::optional<Bytes> file = encode_png_palette(still)) return std::move(*file);
  }
  const VipsImagePtr image = TRY(wrapped(still));
  void* buffer = nullptr;
  size_t size_bytes = 0;
  const int status = vips_pngsave_buffer(image.get(), &buffer, &size_bytes, "compression", 6,
                                         "filter", VIPS_FOREIGN_PNG_FILTER_ALL, nullptr);
  Bytes file = TRY(saved(status, buffer, size_bytes, png_name));
  if (says_density(still.traits)) return file;
  std::vector<PngChunk> chunks = TRY(read_png_chunks(file));
  std::erase_if(chunks, [](const PngChunk& chunk) { return chunk.type == "pHYs"; });
  return picture_chunks_only(chunks);  // libvips says 1 dot a millimetre where we say nothing.
}

}  // namespace

bool sniff_png(BytesView bytes) { return as_text(bytes).starts_with(png_signature); }

// libpng sees only what belongs to the picture: compressed text has been used to exhaust memory.
Result<StillHeader> read_png_header(BytesView bytes) {
  const std::vector<PngChunk> chunks = TRY(read_png_chunks(bytes));
  const Bytes picture = picture_chunks_only(chunks);
  const VipsImagePtr image = TRY(open_png(picture));
  return header_of(image.get(), StillFormat::png, orientation_of(chunks));
}

Result<Still> decode_png(BytesView bytes) {
  const std::vector<PngChunk> chunks = TRY(read_png_chunks(bytes));
  const Bytes picture = picture_chunks_only(chunks);
  VipsImagePtr image = TRY(open_png(picture));
  Still still = TRY(decoded(std::move(image), StillFormat::png, orientation_of(chunks), png_name));
  still.traits.palette = has_palette(chunks);
  still.png_colours = colours_of(chunks);
  // libvips takes 72 dots an inch where the file says nothing.
  if (!has_density(chunks)) still.traits.dots_per_inch_x = still.traits.dots_per_inch_y = 0;
  return still;
}

Result<Bytes> encode_png(const Still& still, const Metadata& kept) {
  const Bytes pixels = TRY(encode_pixels(still));
  return with_png_metadata(with_colours(pixels, still.png_colours), kept);
}

Result<CleanCopy> copy_png(BytesView bytes, const Metadata& kept) {
  const Still still = TRY(decode_png(bytes));  // A damaged file must not pass for a clean one.
  const std::vector<PngChunk> chunks = TRY(read_png_chunks(bytes));
  const bool upright = orientation_of(chunks) == Orientation::top_left;
  if (upright && ends_with_its_stream(chunks) && has_whole_profile(chunks)) {
    return CleanCopy{with_png_metadata(picture_chunks_only(chunks), kept), true};
  }
  Bytes again = TRY(encode_png(still, kept));
  return CleanCopy{std::move(again), true};
}

}  // namespace faceveil
