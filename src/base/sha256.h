// SHA-256 (FIPS 180-4), by OpenSSL.
#pragma once

#include <filesystem>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "base/stop.h"

namespace faceveil {

// 64 lower-case hexadecimal digits.
std::string sha256_hex(BytesView);

// Of a file of any length, read piece by piece. Errors: io, cancelled.
Result<std::string> sha256_of_file(const std::filesystem::path&, const StopRequested& = {});

}  // namespace faceveil
