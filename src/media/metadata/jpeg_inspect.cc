// What stands beside the picture in a JPEG file: application segments, comments, and all that
// cameras write behind the end.

#include <algorithm>
#include <optional>
#include <string_view>

#include "media/metadata/containers.h"
#include "media/metadata/words.h"
#include "media/still/jpeg_segments.h"
#include "media/still/numbers.h"

namespace faceveil {
namespace {

using namespace std::string_view_literals;
using namespace jpeg_marker;
using enum MetadataKind;

constexpr size_t jfif_bytes = 14, adobe_bytes = 12;

std::string segment_name(const JpegSegment& segment) {
  if (segment.marker == com) return "COM";
  if (segment.marker >= app0 && segment.marker <= app15) {
    return "APP" + std::to_string(segment.marker - app0);
  }
  return "marker " + std::to_string(segment.marker);
}

// The name that most application segments begin with, where it is one.
std::string identifier_of(const JpegSegment& segment) {
  constexpr size_t length_max = 40;
  const std::string_view text = as_text(segment.content);
  const std::string_view name = text.substr(0, std::min(text.find('\0'), length_max));
  return is_text(name) ? " " + std::string(name) : std::string();
}

bool is_of_picture(uint8_t marker) {
  return (marker >= sof0 && marker <= sof15) || marker == dqt || marker == dri || marker == sos ||
         marker == eoi || marker == soi;
}

void inspect_jfif(Inspection& to, const JpegSegment& segment) {
  const BytesView content = segment.content;
  if (u8_at(content, 7) != 0) to.add(density, segment.whole, "JFIF");
  const size_t pixels = size_t{u8_at(content, 12)} * u8_at(content, 13);
  const size_t thumbnail_bytes = std::min(3 * pixels, content.size() - jfif_bytes);
  const BytesView rest = content.subspan(jfif_bytes);
  if (thumbnail_bytes > 0) to.add(jfif_thumbnail, rest.first(thumbnail_bytes), "JFIF");
  if (rest.size() > thumbnail_bytes) {
    to.add(hidden_bytes, rest.subspan(thumbnail_bytes), "JFIF");
  }
}

void inspect_comment(Inspection& to, const JpegSegment& segment) {
  const std::string_view written = as_text(segment.content);
  const std::string_view text = written.substr(0, written.find_last_not_of('\0') + 1);
  inspect_note(to, comment, "Comment", is_text(text) ? std::string(text) : latin_to_utf8(text),
               to.offset_of(segment.whole), segment.whole.size(), "COM");
}

struct Known {
  uint8_t marker;
  std::string_view start;
  void (*inspect)(Inspection&, const JpegSegment&, BytesView content);
};

template <MetadataKind kind>
void note_as(Inspection& to, const JpegSegment& segment, BytesView) {
  to.add(kind, segment.whole, segment_name(segment) + identifier_of(segment));
}

// What application segments begin with, and what they are then.
constexpr Known known[] = {
    {app0, "JFXX\0"sv, note_as<jfif_thumbnail>},
    {app1, "Exif\0"sv,
     [](Inspection& to, const JpegSegment& segment, BytesView content) {
       // A zero, mostly, ends the identifier's padding (EXIF 2.32, 4.7.2).
       const BytesView block = content.subspan(std::min<size_t>(1, content.size()));
       inspect_exif(to, block, to.offset_of(block), segment_name(segment));
     }},
    {app1, "http://ns.adobe.com/xap/1.0/\0"sv,
     [](Inspection& to, const JpegSegment& segment, BytesView content) {
       inspect_xmp(to, content, to.offset_of(content), segment_name(segment));
     }},
    {app1, "http://ns.adobe.com/xmp/extension/\0"sv, note_as<xmp_embedded_picture>},
    {app2, "ICC_PROFILE\0"sv, note_as<icc>},
    {app2, "MPF\0"sv, note_as<multi_picture>},
    {app2, "FPXR\0"sv, note_as<private_data>},
    {app2, "urn:iso:std:iso:ts:21496:-1\0"sv, note_as<gain_map>},
    {app11, "JP"sv, note_as<content_credentials>},
    {app13, "Photoshop 3.0\0"sv,
     [](Inspection& to, const JpegSegment&, BytesView content) {
       inspect_photoshop(to, content, to.offset_of(content));
     }},
};

void inspect_segment(Inspection& to, const JpegSegment& segment) {
  if (is_of_picture(segment.marker)) return;
  if (segment.marker == com) return inspect_comment(to, segment);
  const std::string_view text = as_text(segment.content);
  if (segment.marker == app0 && text.starts_with("JFIF\0"sv) && text.size() >= jfif_bytes) {
    return inspect_jfif(to, segment);
  }
  if (segment.marker == app14 && text.starts_with("Adobe") && text.size() >= adobe_bytes) {
    const BytesView rest = segment.content.subspan(adobe_bytes);
    if (!rest.empty()) to.add(hidden_bytes, rest, "APP14 Adobe");
    return;
  }
  for (const Known& entry : known) {
    if (segment.marker == entry.marker && text.starts_with(entry.start)) {
      return entry.inspect(to, segment, segment.content.subspan(entry.start.size()));
    }
  }
  to.add(unknown, segment.whole, segment_name(segment) + identifier_of(segment));
}

// The next marker from `at` on; the file's size where there is none.
size_t next_marker(BytesView file, size_t at) {
  for (; at + 1 < file.size(); ++at) {
    const uint32_t next = u8_at(file, at + 1);
    if (u8_at(file, at) == 0xff && next >= sof0 && next != 0xff) return at;
  }
  return file.size();
}

// Segments from `at` to the first EOI, each given to `visit`. Bytes between them are given as
// stray. Returns where the picture ends; the file's size where EOI is missing.
template <typename Visit, typename Stray>
size_t walk_segments(BytesView file, size_t at, const Visit& visit, const Stray& stray) {
  while (at < file.size()) {
    const std::optional<JpegSegment> segment = read_jpeg_segment(file, at);
    if (segment) {
      visit(*segment);
      at = static_cast<size_t>(segment->whole.data() - file.data()) + segment->whole.size();
      if (segment->marker == eoi) return at;
      continue;
    }
    const size_t next = next_marker(file, at + 1);
    stray(file.subspan(at, next - at));
    at = next;
  }
  return at;
}

// What kind of picture one behind the picture is, by what its own segments say.
MetadataKind kind_of_further(BytesView jpeg) {
  constexpr size_t head_bytes = 64 << 10;
  const std::string_view head = as_text(jpeg.first(std::min(jpeg.size(), head_bytes)));
  for (const std::string_view word :
       {"hdr-gain-map"sv, "HDRGainMap"sv, "hdrgainmap"sv, "iso:ts:21496"sv}) {
    if (head.find(word) != head.npos) return gain_map;
  }
  if (head.find("depth") != head.npos || head.find("Depth") != head.npos) return depth_map;
  return further_picture;
}

// ISO/IEC 14496-12: a film begins with the box "ftyp".
size_t film_at(BytesView bytes) {
  const size_t at = as_text(bytes).find("ftyp");
  return at != std::string_view::npos ? at - std::min<size_t>(at, 4) : bytes.size();
}

// Pictures, films and other bytes, in the order in which cameras write them: a film comes last, and
// may hold anything.
void inspect_tail(Inspection& to, size_t at) {
  const size_t film = at + film_at(to.file.subspan(at));
  const BytesView file = to.file.first(film);
  while (at < film) {
    const BytesView tail = file.subspan(at);
    const size_t start = std::min(as_text(tail).find("\xff\xd8\xff"sv), tail.size());
    if (start > 0) {
      to.add(trailing_bytes, tail.first(start), "behind EOI");
      at += start;
      continue;
    }
    bool whole = true;
    const size_t end = walk_segments(
        file, at, [](const JpegSegment&) {}, [&](BytesView) { whole = false; });
    const BytesView further = file.subspan(at, whole ? end - at : tail.size());
    to.add(kind_of_further(further), further, "behind EOI");
    at += further.size();
  }
  if (film < to.file.size()) to.add(motion_photo, to.file.subspan(film), "behind EOI");
}

}  // namespace

void inspect_jpeg(Inspection& to) {
  const auto stray = [&](BytesView bytes) { to.add(hidden_bytes, bytes, "between segments"); };
  bool ended = false;
  const size_t end = walk_segments(
      to.file, 0,
      [&](const JpegSegment& segment) {
        inspect_segment(to, segment);
        ended = segment.marker == eoi;
      },
      stray);
  if (!ended) to.add(damaged, to.file.last(0), "no EOI");
  inspect_tail(to, end);
}

}  // namespace faceveil
