#include "media/metadata/write.h"

#include <zlib.h>

#include <algorithm>
#include <string_view>

#include "media/metadata/words.h"
#include "media/still/jpeg_segments.h"
#include "media/still/numbers.h"
#include "media/still/png_chunks.h"
#include "media/still/riff_chunks.h"

namespace faceveil {
namespace {

using namespace std::string_view_literals;

// Flags of the VP8X chunk (RFC 9649, section 2.7.1).
constexpr uint8_t flag_alpha = 0x10, flag_exif = 0x08, flag_xmp = 0x04;

// Image resource 0x0404 without a name ("Photoshop File Formats").
Bytes iptc_resource(const Bytes& iptc) {
  Bytes resource;
  append(resource, as_bytes("8BIM\x04\x04\0\0"sv));
  append_big(resource, static_cast<uint32_t>(iptc.size()), 4);
  append(resource, iptc);
  if (iptc.size() % 2 == 1) resource.push_back(std::byte{0});
  return resource;
}

bool is_comment(const TextNote& note) { return note.keyword == "Comment"; }

void append_chunk(Bytes& to, std::string_view type, BytesView content) {
  append_big(to, static_cast<uint32_t>(content.size()), 4);
  Bytes checked;
  append(checked, as_bytes(type));
  append(checked, content);
  append(to, checked);
  append_big(to, static_cast<uint32_t>(crc32(0, as_u8(checked), static_cast<uInt>(checked.size()))),
             4);
}

// iTXt, uncompressed, of no language (PNG, 11.3.3.4).
void append_text(Bytes& to, std::string_view keyword, std::string_view text) {
  Bytes content;
  append(content, as_bytes(keyword));
  append(content, as_bytes("\0\0\0\0\0"sv));
  append(content, as_bytes(text));
  append_chunk(to, "iTXt", content);
}

// Keywords have 1 to 79 characters of Latin-1 (11.3.3.1); ours are held to ASCII.
bool is_keyword(std::string_view keyword) {
  return !keyword.empty() && keyword.size() <= 79 &&
         std::all_of(keyword.begin(), keyword.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

const RiffChunk* find(const std::vector<RiffChunk>& chunks, std::string_view type) {
  const auto found = std::find_if(chunks.begin(), chunks.end(),
                                  [&](const RiffChunk& chunk) { return chunk.type == type; });
  return found == chunks.end() ? nullptr : &*found;
}

// VP8L says after its signature byte and 28 bits of size whether it has alpha (RFC 9649, 3.4).
bool has_alpha(const std::vector<RiffChunk>& chunks) {
  const RiffChunk* const lossless = find(chunks, "VP8L");
  return find(chunks, "ALPH") || (lossless && (u8_at(lossless->content, 4) & 0x10));
}

Bytes webp_header(const std::vector<RiffChunk>& chunks, Size size) {
  Bytes header;
  append_little(header, has_alpha(chunks) ? flag_alpha : 0, 4);
  append_little(header, static_cast<uint32_t>(size.width - 1), 3);
  append_little(header, static_cast<uint32_t>(size.height - 1), 3);
  return header;
}

}  // namespace

Bytes jpeg_metadata_segments(const Metadata& kept, Orientation orientation) {
  using namespace jpeg_marker;
  Bytes segments;
  const Bytes exif = exif_block(kept.tags, orientation);
  if (!exif.empty()) append_jpeg_segment(segments, app1, "Exif\0\0"sv, exif);
  if (!kept.xmp.empty()) {
    append_jpeg_segment(segments, app1, "http://ns.adobe.com/xap/1.0/\0"sv, as_bytes(kept.xmp));
  }
  if (!kept.iptc.empty()) {
    append_jpeg_segment(segments, app13, "Photoshop 3.0\0"sv, iptc_resource(kept.iptc));
  }
  for (const TextNote& note : kept.notes) {
    if (is_comment(note)) append_jpeg_segment(segments, com, "", as_bytes(note.text));
  }
  return segments;
}

Bytes with_jpeg_metadata(BytesView jpeg, const Metadata& kept) {
  const auto segments = read_jpeg_segments(jpeg);
  const bool jfif = segments && segments->size() > 1 && (*segments)[1].marker == jpeg_marker::app0;
  const size_t at = 2 + (jfif ? (*segments)[1].whole.size() : 0);
  Bytes file;
  append(file, jpeg.first(at));
  append(file, jpeg_metadata_segments(kept, Orientation::top_left));
  append(file, jpeg.subspan(at));
  return file;
}

Bytes png_metadata_chunks(const Metadata& kept) {
  Bytes chunks;
  const Bytes exif = exif_block(kept.tags, Orientation::top_left);
  if (!exif.empty()) append_chunk(chunks, "eXIf", exif);
  if (!kept.xmp.empty()) append_text(chunks, "XML:com.adobe.xmp", kept.xmp);
  for (const TextNote& note : kept.notes) {
    if (is_keyword(note.keyword)) append_text(chunks, note.keyword, note.text);
  }
  return chunks;
}

Bytes with_png_metadata(BytesView png, const Metadata& kept) {
  constexpr size_t signature_and_header_bytes = 8 + 25;
  Bytes file;
  append(file, png.first(signature_and_header_bytes));
  append(file, png_metadata_chunks(kept));
  append(file, png.subspan(signature_and_header_bytes));
  return file;
}

Result<Bytes> with_webp_metadata(BytesView webp, Size size, const Metadata& kept,
                                 Orientation orientation) {
  const std::vector<RiffChunk> chunks = TRY(read_riff_chunks(webp));
  const Bytes exif = exif_block(kept.tags, orientation);
  if (exif.empty() && kept.xmp.empty()) return Bytes(webp.begin(), webp.end());
  const RiffChunk* const extended = find(chunks, "VP8X");
  Bytes header = extended ? Bytes(extended->content.begin(), extended->content.end())
                          : webp_header(chunks, size);
  if (!exif.empty()) header[0] |= std::byte{flag_exif};
  if (!kept.xmp.empty()) header[0] |= std::byte{flag_xmp};
  Bytes body;
  append_riff_chunk(body, "VP8X", header);
  for (const RiffChunk& chunk : chunks) {
    if (chunk.type != "VP8X") append_riff_chunk(body, chunk.type, chunk.content);
  }
  if (!exif.empty()) append_riff_chunk(body, "EXIF", exif);
  if (!kept.xmp.empty()) append_riff_chunk(body, "XMP ", as_bytes(kept.xmp));
  return riff_file(body);
}

Bytes with_gif_metadata(BytesView gif, const Metadata& kept) {
  constexpr size_t header_bytes = 13, block_bytes_max = 255;
  const uint32_t flags = u8_at(gif, 10);
  const size_t table_bytes = flags & 0x80 ? size_t{3} << ((flags & 7) + 1) : 0;
  const size_t at = std::min(header_bytes + table_bytes, gif.size());
  Bytes file;
  append(file, gif.first(at));
  for (const TextNote& note : kept.notes) {
    if (!is_comment(note) || note.text.empty()) continue;
    append(file, as_bytes("\x21\xfe"));
    for (size_t from = 0; from < note.text.size(); from += block_bytes_max) {
      const std::string_view block = std::string_view(note.text).substr(from, block_bytes_max);
      file.push_back(static_cast<std::byte>(block.size()));
      append(file, as_bytes(block));
    }
    file.push_back(std::byte{0});
  }
  append(file, gif.subspan(at));
  if (file.size() > gif.size()) std::copy_n(as_bytes("89a").begin(), 3, file.begin() + 3);
  return file;
}

}  // namespace faceveil
