// Names of files that the browser is asked to save.
#pragma once

#include <string>
#include <string_view>

namespace faceveil {

// "C:\\photos\\Ann & Bo.jpg", "png" -> "Ann & Bo-hidden.png". Of the uploaded name only the stem is
// kept, cleaned of everything that could name another folder or trouble a file system, and cut to a
// sane length; "picture" when nothing is left.
std::string hidden_file_name(std::string_view uploaded_name, std::string_view extension);

// The Content-Disposition header's value (RFC 6266): an ASCII name for all, and the true one in
// UTF-8 as filename* (RFC 8187) where it differs.
std::string content_disposition(std::string_view file_name);

}  // namespace faceveil
