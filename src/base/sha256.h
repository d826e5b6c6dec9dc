// SHA-256 (FIPS 180-4), by OpenSSL.
#pragma once

#include <string>

#include "base/bytes.h"

namespace faceveil {

// 64 lower-case hexadecimal digits.
std::string sha256_hex(BytesView);

}  // namespace faceveil
