#include "app/server/random_id.h"

#include <sys/random.h>

#include <string_view>

#include "base/check.h"

namespace faceveil {

std::string random_id() {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  unsigned char bytes[22];
  CHECK(getrandom(bytes, sizeof bytes, 0) == sizeof bytes);
  std::string id;
  for (const unsigned char byte : bytes) id += letters[byte % letters.size()];
  return id;
}

}  // namespace faceveil
