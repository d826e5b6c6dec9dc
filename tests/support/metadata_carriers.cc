#include "tests/support/metadata_carriers.h"

#include <zlib.h>

#include <algorithm>

#include "base/check.h"
#include "tests/support/drawn_pictures.h"

namespace faceveil::test {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using enum MetadataKind;

constexpr Size size{40, 30};
constexpr Orientation upright = Orientation::top_left, lying = Orientation::right_top;

void put(Bytes& to, BytesView bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }
void put(Bytes& to, std::string_view text) { put(to, as_bytes(text)); }

void put_number(Bytes& to, uint32_t value, int byte_count, bool little) {
  for (int i = 0; i < byte_count; ++i) {
    to.push_back(static_cast<std::byte>(value >> (8 * (little ? i : byte_count - 1 - i))));
  }
}
void put_big(Bytes& to, uint32_t value, int byte_count) {
  put_number(to, value, byte_count, false);
}

Bytes number(uint32_t value, int byte_count) {
  Bytes bytes;
  put_big(bytes, value, byte_count);
  return bytes;
}

Bytes inserted(BytesView file, size_t at, BytesView piece) {
  return joined({file.first(at), piece, file.subspan(at)});
}

// No decoder ever looks at it: what it begins with is all that tells it from other bytes.
Bytes hidden_jpeg() {
  return joined({text_bytes("\xff\xd8\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0"sv),
                 text_bytes(picture_marker), text_bytes("\xff\xd9"sv)});
}

// TIFF directories, children before their parents.
class TiffBuilder {
 public:
  struct Entry {
    uint16_t tag, type;
    uint32_t count;
    Bytes value;
  };

  explicit TiffBuilder(bool little) : little_(little) {
    bytes_.reserve(64);  // Spares gcc 12 a false alarm about growing an empty vector.
    put(bytes_, little ? "II" : "MM");
    put_number(bytes_, 42, 2, little);
    put_number(bytes_, 0, 4, little);
  }

  Entry text(uint16_t tag, std::string_view text) const {
    Bytes value = text_bytes(text);
    value.push_back(std::byte{0});
    return {tag, 2, static_cast<uint32_t>(value.size()), value};
  }
  Entry u16(uint16_t tag, uint32_t value) const { return {tag, 3, 1, ordered({value}, 2)}; }
  Entry u32(uint16_t tag, uint32_t value) const { return {tag, 4, 1, ordered({value}, 4)}; }
  Entry block(uint16_t tag, uint16_t type, BytesView value) const {
    return {tag, type, static_cast<uint32_t>(value.size()), Bytes(value.begin(), value.end())};
  }
  Entry rationals(uint16_t tag, const std::vector<uint32_t>& parts) const {
    return {tag, 5, static_cast<uint32_t>(parts.size() / 2), ordered(parts, 4)};
  }

  uint32_t data(BytesView content) {
    const auto at = static_cast<uint32_t>(bytes_.size());
    put(bytes_, content);
    if (bytes_.size() % 2 == 1) bytes_.push_back(std::byte{0});
    return at;
  }

  uint32_t directory(const std::vector<Entry>& entries, uint32_t next = 0) {
    std::vector<uint32_t> places;
    for (const Entry& entry : entries) {
      places.push_back(entry.value.size() > 4 ? data(entry.value) : 0);
    }
    const auto at = static_cast<uint32_t>(bytes_.size());
    put_number(bytes_, static_cast<uint32_t>(entries.size()), 2, little_);
    for (size_t i = 0; i < entries.size(); ++i) {
      put_number(bytes_, entries[i].tag, 2, little_);
      put_number(bytes_, entries[i].type, 2, little_);
      put_number(bytes_, entries[i].count, 4, little_);
      Bytes field = entries[i].value;
      if (field.size() > 4) field = ordered({places[i]}, 4);
      field.resize(4);
      put(bytes_, field);
    }
    put_number(bytes_, next, 4, little_);
    return at;
  }

  Bytes finished(uint32_t first_directory) const {
    Bytes file = bytes_;
    const Bytes at = ordered({first_directory}, 4);
    std::copy(at.begin(), at.end(), file.begin() + 4);
    return file;
  }

 private:
  Bytes ordered(const std::vector<uint32_t>& numbers, int byte_count) const {
    Bytes value;
    for (const uint32_t number : numbers) put_number(value, number, byte_count, little_);
    return value;
  }

  bool little_;
  Bytes bytes_;
};

Bytes picture(StillFormat format, PixelFormat pixels = PixelFormat::rgb8) {
  Still still;
  still.image = gradient_picture(pixels, size);
  still.format = format;
  const Result<Bytes> file = encode_still(still, format);
  CHECK(file.has_value());
  return *file;
}

Bytes with_tail(Bytes file, BytesView tail) { return joined({file, tail}); }
Bytes marked(std::string_view before) {
  return text_bytes(std::string(before) + std::string(picture_marker));
}

// ---- JPEG.

Bytes with_segment(BytesView jpeg, uint8_t marker, BytesView content) {
  const Bytes segment = joined(
      {number(0xff00u | marker, 2), number(static_cast<uint32_t>(content.size() + 2), 2), content});
  return inserted(jpeg, 2, segment);
}

Bytes resource(uint32_t id, BytesView content) {
  Bytes bytes = joined({text_bytes("8BIM"), number(id, 2), number(0, 2),
                        number(static_cast<uint32_t>(content.size()), 4), content});
  if (bytes.size() % 2 == 1) bytes.push_back(std::byte{0});
  return bytes;
}

Bytes data_set(uint8_t record, uint8_t number_of, std::string_view value) {
  return joined({number(0x1c, 1), number(record, 1), number(number_of, 1),
                 number(static_cast<uint32_t>(value.size()), 2), text_bytes(value)});
}

Bytes talkative_iptc() {
  return joined({data_set(2, 55, "20260102"), data_set(2, 120, word_marker),
                 data_set(2, 202, std::string("\xff\xd8\xff") + std::string(picture_marker))});
}

Bytes photoshop_content(BytesView resources) {
  return joined({text_bytes("Photoshop 3.0\0"sv), resources});
}

// JFIF with a thumbnail of 2 x 3 pixels, in place of the one that our encoder wrote.
Bytes with_jfif_thumbnail(BytesView jpeg) {
  constexpr size_t segment_bytes = 18;
  Bytes content(jpeg.begin() + 6, jpeg.begin() + 2 + segment_bytes);
  content[12] = std::byte{2};
  content[13] = std::byte{3};
  const Bytes pixels = joined({text_bytes(picture_marker), text_bytes("....")});
  const Bytes without = joined({jpeg.first(2), jpeg.subspan(2 + segment_bytes)});
  return with_segment(without, 0xe0, joined({content, pixels}));
}

Bytes film() {
  return joined({number(24, 4), text_bytes("ftypmp42"), number(0, 4), text_bytes("mp42isom"),
                 number(8 + 14, 4), text_bytes("mdat"), text_bytes(picture_marker)});
}

Bytes jpeg_xmp(const std::string& packet) {
  return text_bytes("http://ns.adobe.com/xap/1.0/\0"s + packet);
}

// A whole second picture whose own segments say what it is.
Bytes second_jpeg(std::string_view says) {
  return with_segment(picture(StillFormat::jpeg), 0xe1,
                      text_bytes(std::string(says) + std::string(picture_marker)));
}

void add_jpegs(std::vector<Carrier>& to) {
  const Bytes plain = picture(StillFormat::jpeg);
  const auto add = [&](std::string name, Bytes file, std::vector<MetadataKind> kinds) {
    to.push_back({"jpeg_" + std::move(name), StillFormat::jpeg, std::move(file), std::move(kinds)});
  };
  const auto segment = [&](std::string name, uint8_t marker, BytesView content,
                           std::vector<MetadataKind> kinds) {
    add(std::move(name), with_segment(plain, marker, content), std::move(kinds));
  };
  const auto exif_kinds = {exif, exif_thumbnail, gps, date, camera, serial, maker_note, comment};
  for (const bool little : {false, true}) {
    segment(little ? "exif_little" : "exif_big", 0xe1,
            joined({text_bytes("Exif\0\0"sv), talkative_exif(little, little ? lying : upright)}),
            exif_kinds);
  }
  segment("jfxx", 0xe0, marked("JFXX\0\x10\xff\xd8"sv), {jfif_thumbnail});
  add("jfif_thumbnail", with_jfif_thumbnail(plain), {jfif_thumbnail});
  for (const uint32_t id : {0x0409u, 0x040cu}) {
    segment("photoshop_" + std::to_string(id), 0xed, photoshop_content(resource(id, hidden_jpeg())),
            {photoshop_thumbnail});
  }
  segment("photoshop_settings", 0xed, photoshop_content(resource(0x03f3, marked("\1\2"))),
          {MetadataKind::photoshop});
  segment("iptc", 0xed, photoshop_content(resource(0x0404, talkative_iptc())),
          {iptc, iptc_preview, date});
  segment("xmp", 0xe1, jpeg_xmp(talkative_xmp(false, false)), {xmp});
  segment("xmp_picture", 0xe1, jpeg_xmp(talkative_xmp(true, false)), {xmp, xmp_embedded_picture});
  segment("xmp_position", 0xe1, jpeg_xmp(talkative_xmp(false, true)), {xmp, gps});
  segment("xmp_extended", 0xe1, marked("http://ns.adobe.com/xmp/extension/\0"sv),
          {xmp_embedded_picture});
  segment("comment", 0xfe, text_bytes(word_marker), {comment});
  segment("comment_binary", 0xfe, marked("\1\2\3"), {comment});
  segment("jumbf", 0xeb, marked("JP\0\1\0\0\0\1"sv), {content_credentials});
  segment("flashpix", 0xe2, marked("FPXR\0"sv), {private_data});
  segment("unknown", 0xe7, marked("Vendor\0"sv), {unknown});
  segment("iso_gain_map", 0xe2, marked("urn:iso:std:iso:ts:21496:-1\0"sv), {gain_map});
  add("mpf",
      with_tail(with_segment(plain, 0xe2, text_bytes("MPF\0MM\0*\0\0\0\10"sv)), second_jpeg("")),
      {multi_picture, further_picture});
  add("gain_map", with_tail(plain, second_jpeg("hdr-gain-map")), {gain_map});
  add("depth", with_tail(plain, second_jpeg("GDepth")), {depth_map});
  add("motion_photo", with_tail(plain, film()), {motion_photo});
  add("trailing", with_tail(plain, marked("tail")), {trailing_bytes});
  add("adobe_tail", with_segment(plain, 0xee, marked("Adobe\0\x64\0\0\0\0\1"sv)), {hidden_bytes});
  add("stray", inserted(plain, 20, text_bytes(picture_marker)), {hidden_bytes});
}

// ---- PNG.

Bytes chunk(std::string_view type, BytesView content) {
  const Bytes checked = joined({text_bytes(type), content});
  const auto sum = crc32(0, as_u8(checked), static_cast<uInt>(checked.size()));
  return joined({number(static_cast<uint32_t>(content.size()), 4), checked,
                 number(static_cast<uint32_t>(sum), 4)});
}

Bytes with_chunk(BytesView png, std::string_view type, BytesView content) {
  return inserted(png, 8 + 25, chunk(type, content));
}

Bytes deflated(BytesView content) {
  uLongf length = compressBound(static_cast<uLong>(content.size()));
  Bytes stream(length);
  CHECK(compress(reinterpret_cast<Bytef*>(stream.data()), &length, as_u8(content),
                 static_cast<uLong>(content.size())) == Z_OK);
  stream.resize(length);
  return stream;
}

// A grey picture, each row without a filter, and `behind` after the last row and after the stream.
Bytes gray_png(std::string_view in_stream, std::string_view behind_stream) {
  Bytes rows((1 + static_cast<size_t>(size.width)) * static_cast<size_t>(size.height));
  put(rows, in_stream);
  const Bytes header =
      joined({number(static_cast<uint32_t>(size.width), 4),
              number(static_cast<uint32_t>(size.height), 4), text_bytes("\x08\0\0\0\0"sv)});
  return joined({text_bytes("\x89PNG\r\n\x1a\n"), chunk("IHDR", header),
                 chunk("IDAT", joined({deflated(rows), text_bytes(behind_stream)})),
                 chunk("IEND", {})});
}

std::string hexadecimal(std::string_view text) {
  std::string coded;
  for (const char c : text) {
    coded += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
    coded += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
  }
  return coded;
}

void add_pngs(std::vector<Carrier>& to) {
  const Bytes plain = picture(StillFormat::png);
  const auto add = [&](std::string name, Bytes file, std::vector<MetadataKind> kinds) {
    to.push_back({"png_" + std::move(name), StillFormat::png, std::move(file), std::move(kinds)});
  };
  const auto with = [&](std::string name, std::string_view type, BytesView content,
                        std::vector<MetadataKind> kinds) {
    add(std::move(name), with_chunk(plain, type, content), std::move(kinds));
  };
  with("exif", "eXIf", talkative_exif(false, upright), {exif, exif_thumbnail, gps, date, camera});
  with("exif_turned", "eXIf", talkative_exif(true, lying), {exif, exif_thumbnail, gps});
  with("text", "tEXt", text_bytes("Author\0"s + std::string(word_marker)), {text});
  with("text_zipped", "zTXt", joined({text_bytes("Title\0\0"sv), deflated(as_bytes(word_marker))}),
       {text});
  with("text_international", "iTXt",
       text_bytes("Source\0\0\0en\0Quelle\0"s + std::string(word_marker)), {text});
  with("xmp", "iTXt", text_bytes("XML:com.adobe.xmp\0\0\0\0\0"s + talkative_xmp(true, true)),
       {xmp, xmp_embedded_picture, gps});
  with("raw_profile", "tEXt",
       text_bytes("Raw profile type exif\0\nexif\n  99\n"s + std::string(picture_marker) +
                  hexadecimal(picture_marker)),
       {private_data});
  with("time", "tIME", text_bytes("\x07\xea\x01\x02\x03\x04\x05"sv), {date});
  with("unknown", "prVt", marked(""), {unknown});
  with("frame", "fdAT", marked("\0\0\0\1"sv), {further_picture});
  with("credentials", "caBX", marked(""), {content_credentials});
  with("text_picture", "tEXt",
       text_bytes("Thumb\0"s + std::string(picture_marker) + std::string(600, 'A')),
       {private_data});
  add("behind_stream", gray_png("", picture_marker), {hidden_bytes});
  add("behind_rows", gray_png(picture_marker, ""), {hidden_bytes});
  add("trailing", with_tail(plain, marked("tail")), {trailing_bytes});
}

// ---- WebP.

Bytes riff_chunk(std::string_view type, BytesView content) {
  Bytes bytes = text_bytes(type);
  put_number(bytes, static_cast<uint32_t>(content.size()), 4, true);
  put(bytes, content);
  if (content.size() % 2 == 1) bytes.push_back(std::byte{0});
  return bytes;
}

Bytes riff(BytesView chunks) {
  Bytes file = text_bytes("RIFF");
  put_number(file, static_cast<uint32_t>(4 + chunks.size()), 4, true);
  return joined({file, text_bytes("WEBP"), chunks});
}

// `webp` of that size in the simple layout becomes an extended one with a further chunk.
Bytes with_riff_chunk(BytesView webp, uint32_t flags, std::string_view type, BytesView content,
                      Size stored = size) {
  Bytes header;
  put_number(header, flags, 4, true);
  put_number(header, static_cast<uint32_t>(stored.width - 1), 3, true);
  put_number(header, static_cast<uint32_t>(stored.height - 1), 3, true);
  return riff(joined({riff_chunk("VP8X", header), webp.subspan(12), riff_chunk(type, content)}));
}

Bytes animated_webp(BytesView webp) {
  Bytes frame;
  for (const int side : {0, 0, size.width - 1, size.height - 1}) {
    put_number(frame, static_cast<uint32_t>(side), 3, true);
  }
  put_number(frame, 100, 4, true);
  put(frame, webp.subspan(12));
  const Bytes second = joined({frame, riff_chunk("UNKN", as_bytes(picture_marker))});
  Bytes header;
  put_number(header, 2, 4, true);
  put_number(header, static_cast<uint32_t>(size.width - 1), 3, true);
  put_number(header, static_cast<uint32_t>(size.height - 1), 3, true);
  return riff(joined({riff_chunk("VP8X", header), riff_chunk("ANIM", Bytes(6)),
                      riff_chunk("ANMF", frame), riff_chunk("ANMF", second)}));
}

void add_webps(std::vector<Carrier>& to) {
  const Bytes plain = picture(StillFormat::webp);
  const auto add = [&](std::string name, Bytes file, std::vector<MetadataKind> kinds) {
    to.push_back({"webp_" + std::move(name), StillFormat::webp, std::move(file), std::move(kinds)});
  };
  add("exif", with_riff_chunk(plain, 8, "EXIF", talkative_exif(true, lying)),
      {exif, exif_thumbnail, gps, camera});
  add("xmp", with_riff_chunk(plain, 4, "XMP ", as_bytes(talkative_xmp(true, true))),
      {xmp, xmp_embedded_picture, gps});
  add("unknown", with_riff_chunk(plain, 0, "PRVT", marked("")), {unknown});
  add("animated", animated_webp(plain), {further_picture});
  add("trailing", with_tail(plain, marked("tail")), {trailing_bytes});
}

// ---- TIFF.

std::vector<TiffBuilder::Entry> layout(TiffBuilder& builder) {
  const Image gray = gradient_picture(PixelFormat::gray8, size);
  const uint32_t at = builder.data({gray.data(), gray.size_bytes()});
  const auto width = static_cast<uint32_t>(size.width), height = static_cast<uint32_t>(size.height);
  return {builder.u32(256, width), builder.u32(257, height), builder.u16(258, 8),
          builder.u16(259, 1),     builder.u16(262, 1),      builder.u32(273, at),
          builder.u16(277, 1),     builder.u32(278, height), builder.u32(279, width * height)};
}

Bytes tiff_with(const std::vector<TiffBuilder::Entry>& extra, TiffBuilder builder,
                bool second_page = false) {
  std::vector<TiffBuilder::Entry> entries = layout(builder);
  entries.insert(entries.end(), extra.begin(), extra.end());
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.tag < b.tag; });
  uint32_t next = 0;
  if (second_page) {
    std::vector<TiffBuilder::Entry> page = layout(builder);
    page.insert(page.begin() + 5, builder.text(270, picture_marker));
    next = builder.directory(page);
  }
  return builder.finished(builder.directory(entries, next));
}

std::vector<TiffBuilder::Entry> gps_entries(const TiffBuilder& builder) {
  return {builder.text(1, "N"), builder.rationals(2, {48, 1, 8, 1, 4711, 100}),
          builder.text(3, "E"), builder.rationals(4, {11, 1, 34, 1, 0, 1}),
          builder.text(29, "2026:01:02")};
}

void add_tiffs(std::vector<Carrier>& to) {
  const auto add = [&](std::string name, Bytes file, std::vector<MetadataKind> kinds) {
    to.push_back({"tiff_" + std::move(name), StillFormat::tiff, std::move(file), std::move(kinds)});
  };
  const TiffBuilder fresh(true);
  add("words",
      tiff_with({fresh.text(270, word_marker), fresh.text(271, "Make"),
                 fresh.text(306, "2026:01:02 03:04:05"), fresh.u16(274, 6)},
                fresh),
      {comment, camera, date, orientation});
  TiffBuilder builder(true);
  const uint32_t gps_at = builder.directory(gps_entries(builder));
  const uint32_t exif_at = builder.directory({builder.text(42033, word_marker)});
  add("exif", tiff_with({builder.u32(34665, exif_at), builder.u32(34853, gps_at)}, builder),
      {serial, gps});
  add("xmp", tiff_with({fresh.block(700, 1, as_bytes(talkative_xmp(true, true)))}, fresh),
      {xmp, xmp_embedded_picture, gps});
  add("iptc", tiff_with({fresh.block(33723, 7, talkative_iptc())}, fresh), {iptc, iptc_preview});
  add("photoshop", tiff_with({fresh.block(34377, 1, resource(0x040c, hidden_jpeg()))}, fresh),
      {photoshop_thumbnail});
  add("image_source",
      tiff_with({fresh.block(37724, 7, joined({marked(""), Bytes(500, std::byte{7})}))}, fresh),
      {private_data});
  TiffBuilder sub(false);
  const uint32_t sub_at = sub.directory({sub.text(270, picture_marker)});
  add("sub_directory", tiff_with({sub.u32(330, sub_at)}, sub), {further_picture});
  add("page", tiff_with({}, fresh, true), {further_picture});
  TiffBuilder hidden(true);
  hidden.data(as_bytes(picture_marker));
  add("unreferenced", tiff_with({}, hidden), {hidden_bytes});
  add("trailing", with_tail(tiff_with({}, fresh), marked("tail")), {trailing_bytes});
}

// ---- GIF and BMP.

Bytes with_gif_block(BytesView gif, BytesView block) {
  const auto flags = std::to_integer<unsigned>(gif[10]);
  const size_t table_bytes = flags & 0x80 ? size_t{3} << ((flags & 7) + 1) : 0;
  Bytes file = inserted(gif, 13 + table_bytes, block);
  file[4] = std::byte{'9'};
  return file;
}

Bytes sub_block(std::string_view text) {
  return joined({number(static_cast<uint32_t>(text.size()), 1), text_bytes(text)});
}

void add_gifs_and_bmps(std::vector<Carrier>& to) {
  const Bytes gif = picture(StillFormat::gif);
  const auto add = [&](std::string name, StillFormat format, Bytes file,
                       std::vector<MetadataKind> kinds) {
    to.push_back({std::move(name), format, std::move(file), std::move(kinds)});
  };
  const Bytes end = number(0, 1);
  add("gif_comment", StillFormat::gif,
      with_gif_block(gif, joined({text_bytes("\x21\xfe"sv), sub_block(word_marker), end})),
      {comment});
  add("gif_application", StillFormat::gif,
      with_gif_block(
          gif, joined({text_bytes("\x21\xff\x0bVENDOR12345"sv), sub_block(picture_marker), end})),
      {unknown});
  // Players take what they know of these two, and skip the rest.
  add("gif_control", StillFormat::gif,
      with_gif_block(gif,
                     joined({text_bytes("\x21\xf9\4\0\0\0\0"sv), sub_block(picture_marker), end})),
      {hidden_bytes});
  add("gif_loop", StillFormat::gif,
      with_gif_block(gif, joined({text_bytes("\x21\xff\x0bNETSCAPE2.0"sv), sub_block("\1\0\0"sv),
                                  sub_block(picture_marker), end})),
      {hidden_bytes});
  // The end of our file is the trailer alone; what stands before it is one more frame.
  const Bytes frame =
      joined({text_bytes("\x2c\0\0\0\0\1\0\1\0\0\2"sv), sub_block("\x44\1"sv), end,
              text_bytes("\x21\xff\x0bVENDOR12345"sv), sub_block(picture_marker), end});
  add("gif_frame", StillFormat::gif, inserted(gif, gif.size() - 1, frame), {further_picture});
  add("gif_trailing", StillFormat::gif, with_tail(gif, marked("tail")), {trailing_bytes});
  const Bytes bmp = picture(StillFormat::bmp);
  add("bmp_trailing", StillFormat::bmp, with_tail(bmp, marked("tail")), {trailing_bytes});
  const size_t pixels_at = std::to_integer<size_t>(bmp[10]);
  Bytes gap = inserted(bmp, pixels_at, as_bytes(picture_marker));
  gap[10] = static_cast<std::byte>(pixels_at + picture_marker.size());
  add("bmp_gap", StillFormat::bmp, std::move(gap), {hidden_bytes});
}

// ---- HEIC and AVIF.

Bytes box(std::string_view type, BytesView content) {
  return joined({number(static_cast<uint32_t>(8 + content.size()), 4), text_bytes(type), content});
}

// Every occurrence; both words are of one length.
Bytes replaced(Bytes file, std::string_view word, std::string_view by) {
  CHECK(word.size() == by.size());
  const std::string_view text = as_text(file);
  for (size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    std::copy(as_bytes(by).begin(), as_bytes(by).end(), file.begin() + static_cast<ptrdiff_t>(at));
  }
  return file;
}

void add_heifs(std::vector<Carrier>& to, StillFormat format) {
  const std::string name(format_name(format));
  const Bytes plain = picture(format);
  const auto add = [&](const std::string& what, Bytes file, std::vector<MetadataKind> kinds,
                       bool decodes = true) {
    to.push_back({name + "_" + what, format, std::move(file), std::move(kinds), decodes});
  };
  add("film", with_tail(plain, box("mpvd", film())), {motion_photo});
  add("uuid", with_tail(plain, box("uuid", marked("0123456789abcdef"))), {private_data});
  add("unknown_box", with_tail(plain, box("abcd", marked(""))), {unknown});
  add("free", with_tail(plain, box("free", marked(""))), {hidden_bytes});
  add("data_of_no_item", with_tail(plain, box("mdat", marked(""))), {hidden_bytes});
  add("trailing", with_tail(plain, marked("\0\0\0\1"sv)), {trailing_bytes});
  Still still;
  still.image = gradient_picture(PixelFormat::rgb8, size);
  Metadata said;
  said.tags = {{ExifTag::Directory::main, 270, 2, static_cast<uint32_t>(picture_marker.size() + 1),
                joined({text_bytes(picture_marker), number(0, 1)})}};
  const Bytes with_exif = *encode_still(still, format, said);
  const std::string coded = format == StillFormat::avif ? "av01" : "hvc1";
  // The item of EXIF called a picture, and what it is to the primary one.
  const Bytes item = replaced(with_exif, "Exif", coded);
  add("thumbnail", replaced(item, "cdsc", "thmb"), {thumbnail}, false);
  add("auxiliary", replaced(item, "cdsc", "auxl"), {auxiliary_picture}, false);
  add("item", item, {further_picture}, false);
  // As JPEG, an item is a picture to who looks for pictures, and nothing to the decoder.
  const Bytes jpeg_item = replaced(with_exif, "Exif", "jpeg");
  add("jpeg_thumbnail", replaced(jpeg_item, "cdsc", "thmb"), {thumbnail});
  add("jpeg_auxiliary", replaced(jpeg_item, "cdsc", "auxl"), {auxiliary_picture});
  add("jpeg_item", jpeg_item, {further_picture});
}

// ---- By lot.

std::string random_word(std::mt19937& random, size_t length) {
  std::string word;
  for (size_t i = 0; i < length; ++i) word.push_back(static_cast<char>('A' + random() % 26));
  return word;
}

Bytes jpeg_extras(BytesView jpeg, BytesView exif_content, std::string_view word) {
  const Bytes words = with_segment(jpeg, 0xfe, as_bytes(word));
  const Bytes small = with_segment(words, 0xe0, text_bytes("JFXX\0\x13"s + std::string(word)));
  return with_segment(small, 0xe1, joined({text_bytes("Exif\0\0"sv), exif_content}));
}

Bytes extras_inside(BytesView plain, StillFormat format, Size stored, BytesView exif_content,
                    const std::string& word) {
  switch (format) {
    case StillFormat::jpeg:
      return jpeg_extras(plain, exif_content, word);
    case StillFormat::png:
      return with_chunk(with_chunk(plain, "eXIf", exif_content), "tEXt",
                        text_bytes("Author\0"s + word));
    case StillFormat::webp:
      return with_riff_chunk(plain, 8, "EXIF", exif_content, stored);
    case StillFormat::gif:
      return with_gif_block(plain,
                            joined({text_bytes("\x21\xfe"sv), sub_block(word), number(0, 1)}));
    case StillFormat::heic:
    case StillFormat::avif:
      return joined({plain, box("uuid", text_bytes("0123456789abcdef" + word))});
    case StillFormat::tiff:
    case StillFormat::bmp:
      break;  // Only behind their ends.
  }
  return {plain.begin(), plain.end()};
}

}  // namespace

Bytes joined(std::initializer_list<BytesView> parts) {
  Bytes whole;
  for (const BytesView part : parts) put(whole, part);
  return whole;
}

Bytes text_bytes(std::string_view text) {
  const BytesView bytes = as_bytes(text);
  return {bytes.begin(), bytes.end()};
}

Bytes with_random_extras(BytesView plain, StillFormat format, Size stored, Orientation orientation,
                         std::mt19937& random) {
  const Bytes exif_content = replaced(talkative_exif(random() % 2 == 0, orientation), word_marker,
                                      random_word(random, word_marker.size()));
  const std::string word = random_word(random, 1 + random() % 200);
  const Bytes file = extras_inside(plain, format, stored, exif_content, word);
  return joined({file, text_bytes(random_word(random, random() % 500))});
}

Bytes talkative_exif(bool little, Orientation orientation) {
  TiffBuilder builder(little);
  const Bytes thumbnail_file = hidden_jpeg();
  const uint32_t thumbnail_at = builder.data(thumbnail_file);
  const uint32_t ifd1 =
      builder.directory({builder.u16(259, 6), builder.u32(513, thumbnail_at),
                         builder.u32(514, static_cast<uint32_t>(thumbnail_file.size()))});
  const uint32_t gps_at = builder.directory(gps_entries(builder));
  const std::string words(word_marker);
  const uint32_t exif_at = builder.directory(
      {builder.rationals(33434, {1, 250}), builder.text(36867, "2026:01:02 03:04:05"),
       builder.block(37500, 7, joined({text_bytes("Vendor"), hidden_jpeg()})),
       builder.block(37510, 7, text_bytes("ASCII\0\0\0"s + words)),
       builder.text(42033, "serial " + words)});
  const uint32_t main = builder.directory(
      {builder.text(271, "Vendor"), builder.text(272, "Model 4711"),
       builder.u16(274, static_cast<uint32_t>(orientation)),
       builder.text(306, "2026:01:02 03:04:06"), builder.text(315, "artist " + words),
       builder.u32(34665, exif_at), builder.u32(34853, gps_at)},
      ifd1);
  return builder.finished(main);
}

std::string talkative_xmp(bool with_picture, bool with_position) {
  std::string packet =
      "<?xpacket begin='\xef\xbb\xbf' id='W5M0MpCehiHzreSzNTczkc9d'?>\n"
      "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
      "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
      "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' "
      "xmlns:exif='http://ns.adobe.com/exif/1.0/' xmlns:xmp='http://ns.adobe.com/xap/1.0/' "
      "xmlns:g='http://ns.adobe.com/xap/1.0/g/img/' "
      "xmlns:i='http://ns.google.com/photos/1.0/image/' dc:source='" +
      std::string(word_marker) + "'";
  if (with_position) packet += " exif:GPSLatitude='48,8.4711N'";
  if (with_picture) {
    packet += " i:Data='" + std::string(picture_marker) + std::string(700, 'A') + "'";
  }
  packet += "><dc:format>image/jpeg</dc:format>";
  if (with_position) packet += "<exif:GPSLongitude>11,34.4711E</exif:GPSLongitude>";
  if (with_picture) {
    packet += "<xmp:Thumbnails><rdf:Alt><rdf:li><g:image>" + std::string(picture_marker) +
              "</g:image></rdf:li></rdf:Alt></xmp:Thumbnails>";
  }
  return packet + "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end='w'?>";
}

std::vector<Carrier> metadata_carriers() {
  std::vector<Carrier> carriers;
  add_jpegs(carriers);
  add_pngs(carriers);
  add_webps(carriers);
  add_tiffs(carriers);
  add_gifs_and_bmps(carriers);
  add_heifs(carriers, StillFormat::heic);
  add_heifs(carriers, StillFormat::avif);
  return carriers;
}

}  // namespace faceveil::test
