#include <array>

#include "media/audio_file.h"

namespace faceveil {
namespace {

bool has(std::string_view head, size_t at, std::string_view text) {
  return head.size() >= at + text.size() && head.substr(at, text.size()) == text;
}

uint8_t byte_at(std::string_view head, size_t at) {
  return at < head.size() ? static_cast<uint8_t>(head[at]) : 0;
}

// Bytes of an ID3v2 tag in front of the sound (id3.org, "ID3 tag version 2.4.0", 3.1); 0: none.
size_t id3_bytes(std::string_view head) {
  if (!has(head, 0, "ID3") || head.size() < 10) return 0;
  size_t size = 0;
  for (size_t i = 6; i < 10; ++i) size = size << 7 | (byte_at(head, i) & 0x7f);
  return size + 10;
}

// A frame header of MPEG audio, layer III (ISO/IEC 11172-3, 2.4.1.3).
bool is_mp3_frame(std::string_view head) {
  const uint8_t second = byte_at(head, 1), third = byte_at(head, 2);
  return byte_at(head, 0) == 0xff && (second & 0xe6) == 0xe2 && (second & 0x18) != 0x08 &&
         (third & 0xf0) != 0xf0 && (third & 0xf0) != 0 && (third & 0x0c) != 0x0c;
}

bool is_m4a(std::string_view head) {
  constexpr std::array<std::string_view, 3> brands = {"M4A ", "M4B ", "F4A "};
  if (!has(head, 4, "ftyp")) return false;
  for (const std::string_view brand : brands) {
    if (has(head, 8, brand)) return true;
  }
  return false;
}

// The first page of an Ogg stream holds only its codec's first packet (RFC 3533, RFC 7845).
std::optional<AudioFormat> sniff_ogg(std::string_view head) {
  const size_t packet = 27 + byte_at(head, 26);
  if (has(head, packet, "OpusHead")) return AudioFormat::opus;
  if (has(head, packet, "\1vorbis") || has(head, packet, "\177FLAC")) return AudioFormat::ogg;
  return {};
}

}  // namespace

std::optional<AudioFormat> sniff_audio(BytesView bytes) {
  const std::string_view head = as_text(bytes);
  if (has(head, 0, "RIFF") && has(head, 8, "WAVE")) return AudioFormat::wav;
  if (has(head, 0, "OggS")) return sniff_ogg(head);
  if (is_m4a(head)) return AudioFormat::m4a;
  const size_t tag = id3_bytes(head);
  if (tag > 0 && tag >= head.size()) return AudioFormat::mp3;  // Its reader looks behind the tag.
  const std::string_view sound = head.substr(tag);
  if (has(sound, 0, "fLaC")) return AudioFormat::flac;
  if (is_mp3_frame(sound)) return AudioFormat::mp3;
  return {};
}

std::string_view audio_format_name(AudioFormat format) {
  switch (format) {
    case AudioFormat::wav:
      return "wav";
    case AudioFormat::flac:
      return "flac";
    case AudioFormat::mp3:
      return "mp3";
    case AudioFormat::m4a:
      return "m4a";
    case AudioFormat::ogg:
      return "ogg";
    case AudioFormat::opus:
      return "opus";
  }
  return "";
}

}  // namespace faceveil
