// The web page's files, embedded in the program when it is built (cmake/FaceVeilWeb.cmake).
#pragma once

#include <span>
#include <string_view>

namespace faceveil {

// One file of the page. All views are into constant data and hold as long as the program.
struct PageAsset {
  std::string_view path;       // As requested: "/" for the page itself, else "/assets/NAME".
  std::string_view mime_type;  // Value of Content-Type.
  std::string_view content;
  std::string_view etag;  // Value of ETag (RFC 9110, 8.8.3), quotes included; differs by content.
};

// Names under /assets/ contain a hash of their content, so that they may be cached for ever; "/"
// may not be cached without asking.
std::span<const PageAsset> page_assets();

}  // namespace faceveil
