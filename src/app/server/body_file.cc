#include "app/server/body_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace faceveil {
namespace {

tl::unexpected<Error> system_error(int error) {
  return fail(Error::Kind::io, "The film cannot be kept on disk ({0}).", {std::strerror(error)});
}

}  // namespace

Result<std::shared_ptr<BodyFile>> BodyFile::create(const std::filesystem::path& folder,
                                                   int64_t bytes_max) {
  const int nameless = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (nameless >= 0) return std::shared_ptr<BodyFile>(new BodyFile(nameless, 0, bytes_max));
  // With a name for a moment, as not every file system has nameless files; it is empty then.
  std::string name = (folder / "body-XXXXXX").string();
  const int descriptor = mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) return system_error(errno);
  unlink(name.c_str());
  return std::shared_ptr<BodyFile>(new BodyFile(descriptor, 0, bytes_max));
}

Result<std::shared_ptr<BodyFile>> BodyFile::open(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return system_error(errno);
  struct stat facts = {};
  if (fstat(descriptor, &facts) == 0) {
    return std::shared_ptr<BodyFile>(new BodyFile(descriptor, facts.st_size, facts.st_size));
  }
  const int error = errno;
  close(descriptor);
  return system_error(error);
}

BodyFile::~BodyFile() { close(descriptor_); }

Status BodyFile::append(BytesView bytes) {
  if (size_ + static_cast<int64_t>(bytes.size()) > bytes_max_) {
    return fail(Error::Kind::over_limit, "The film is larger than this server takes.");
  }
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return system_error(errno);
    bytes = bytes.subspan(static_cast<size_t>(written));
    size_ += written;
  }
  return {};
}

Result<Bytes> BodyFile::read(int64_t offset, size_t size) const {
  Bytes bytes(size);
  size_t filled = 0;
  while (filled < size) {
    const ssize_t got = pread(descriptor_, bytes.data() + filled, size - filled,
                              offset + static_cast<int64_t>(filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(errno);
    if (got == 0) break;
    filled += static_cast<size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

std::filesystem::path BodyFile::path() const {
  return "/proc/self/fd/" + std::to_string(descriptor_);
}

}  // namespace faceveil
