// A ZIP file written front to back (PKWARE APPNOTE 6.3), its members as they are: pictures are
// compressed already. Members are held in memory one at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace faceveil {

class ZipWriter {
 public:
  // `write` takes the next bytes; false: nobody wants more.
  using Write = std::function<bool(BytesView)>;
  explicit ZipWriter(Write write) : write_(std::move(write)) {}

  // `name` is UTF-8, without folders; a number is put in front of its extension where it has been
  // used before. `bytes` below 4 GiB.
  bool add(const std::string& name, BytesView bytes);
  bool finish();

 private:
  struct Member {
    std::string name;
    uint32_t crc = 0, size = 0;
    uint64_t offset = 0;
  };
  bool put(const Bytes&);
  std::string unused(const std::string& name);

  const Write write_;
  std::vector<Member> members_;
  std::set<std::string> names_;
  uint64_t written_ = 0;
};

}  // namespace faceveil
