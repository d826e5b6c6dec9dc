// What an XMP packet (ISO 16684-1) may carry on, and what it may not.
#pragma once

#include <string>
#include <string_view>

namespace faceveil {

// What is taken out of a packet.
struct XmpRemoval {
  // Embedded pictures, and what describes pictures and films beside this one: they are not kept.
  bool pictures = true;
  bool positions = false;
};

struct CleanXmp {
  std::string packet;    // Empty where it was no well-formed XML.
  bool removed = false;  // Something was taken out.
  bool well_formed = false;
};

CleanXmp clean_xmp(std::string_view packet, XmpRemoval);

}  // namespace faceveil
