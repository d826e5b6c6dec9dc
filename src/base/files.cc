#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace faceveil {
namespace {

constexpr const char* standard_stream = "-";

// Closes a descriptor at the end of the scope.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ > STDERR_FILENO) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }

 private:
  int fd_;
};

// Removes a temporary name unless it was renamed away.
class TemporaryName {
 public:
  explicit TemporaryName(std::string name) : name_(std::move(name)) {}
  ~TemporaryName() {
    if (!name_.empty()) unlink(name_.c_str());
  }
  TemporaryName(const TemporaryName&) = delete;
  TemporaryName& operator=(const TemporaryName&) = delete;
  const char* get() const { return name_.c_str(); }
  void release() { name_.clear(); }

 private:
  std::string name_;
};

auto system_error(std::string text) {
  return fail(Error::Kind::io, std::move(text), {std::strerror(errno)});
}

auto too_large(int64_t bytes_max) {
  return fail(Error::Kind::over_limit, "The file is larger than the limit of {0} MiB.",
              {std::to_string(bytes_max >> 20)});
}

Result<int64_t> regular_file_size(int fd) {
  struct stat info = {};
  if (fstat(fd, &info) != 0) return system_error("The file cannot be read ({0}).");
  if (S_ISDIR(info.st_mode)) return fail(Error::Kind::io, "This is a folder, not a file.");
  return S_ISREG(info.st_mode) ? static_cast<int64_t>(info.st_size) : 0;
}

Result<Bytes> read_all(int fd, int64_t size_hint, int64_t bytes_max) {
  Bytes bytes(static_cast<size_t>(size_hint) + 1);  // One more, so that a full read meets the end.
  size_t filled = 0;
  for (;;) {
    if (filled == bytes.size()) bytes.resize(bytes.size() * 2 + 65'536);
    const ssize_t got = read(fd, bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("The file cannot be read ({0}).");
    if (got == 0) break;
    filled += static_cast<size_t>(got);
    if (static_cast<int64_t>(filled) > bytes_max) return too_large(bytes_max);
  }
  bytes.resize(filled);
  return bytes;
}

Status write_all(int fd, BytesView bytes) {
  while (!bytes.empty()) {
    const ssize_t put = write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return system_error("The output cannot be written ({0}).");
    bytes = bytes.subspan(static_cast<size_t>(put));
  }
  return {};
}

Status flush(int fd) {
  if (fsync(fd) != 0) return system_error("The output cannot be written ({0}).");
  return {};
}

Status write_durably(int fd, BytesView bytes) {
  TRY(write_all(fd, bytes));
  return flush(fd);
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

Status fail_exists() {
  return fail(Error::Kind::io, "The file exists already; give --force to replace it.");
}

// link() refuses an existing name by itself: no race between asking and naming.
Status give_name(const char* from, const std::filesystem::path& path, int link_flags) {
  if (linkat(AT_FDCWD, from, AT_FDCWD, path.c_str(), link_flags) == 0) return {};
  if (errno == EEXIST) return fail_exists();
  return system_error("The output cannot be written ({0}).");
}

Status rename_over(TemporaryName& temporary, const std::filesystem::path& path) {
  if (rename(temporary.get(), path.c_str()) != 0) {
    return system_error("The output cannot be written ({0}).");
  }
  temporary.release();
  return {};
}

std::string temporary_pattern(const std::filesystem::path& path) {
  return (folder_of(path) / ("." + path.filename().string().substr(0, 100) + ".XXXXXX")).string();
}

std::string self_path(int fd) { return "/proc/self/fd/" + std::to_string(fd); }

// A file without a name vanishes by itself even if the process is killed.
Status name_nameless(int fd, const std::filesystem::path& path, Overwrite overwrite) {
  const std::string self = self_path(fd);
  if (overwrite == Overwrite::refuse) return give_name(self.c_str(), path, AT_SYMLINK_FOLLOW);
  std::string pattern = temporary_pattern(path);
  const Descriptor reserved(mkstemp(pattern.data()));  // A name that nobody else has.
  if (!reserved.valid()) return system_error("The output cannot be written ({0}).");
  unlink(pattern.c_str());
  TRY(give_name(self.c_str(), pattern, AT_SYMLINK_FOLLOW));
  TemporaryName temporary(pattern);
  return rename_over(temporary, path);
}

Status write_nameless(int fd, const std::filesystem::path& path, BytesView bytes,
                      Overwrite overwrite) {
  TRY(write_durably(fd, bytes));
  return name_nameless(fd, path, overwrite);
}

bool is_without_nameless_files(int error) {
  return error == EOPNOTSUPP || error == EISDIR || error == EINVAL;
}

// A hidden name's file gets the permissions that a nameless one has, then its own name.
Status name_hidden(int fd, TemporaryName& temporary, const std::filesystem::path& path,
                   Overwrite overwrite) {
  if (fchmod(fd, 0644) != 0) return system_error("The output cannot be written ({0}).");
  if (overwrite == Overwrite::refuse) return give_name(temporary.get(), path, 0);
  return rename_over(temporary, path);
}

// For file systems without O_TMPFILE.
Status write_hidden_name(const std::filesystem::path& path, BytesView bytes, Overwrite overwrite) {
  std::string pattern = temporary_pattern(path);
  const Descriptor file(mkstemp(pattern.data()));
  if (!file.valid()) return system_error("The output cannot be written ({0}).");
  TemporaryName temporary(pattern);
  TRY(write_durably(file.get(), bytes));
  return name_hidden(file.get(), temporary, path, overwrite);
}

}  // namespace

Result<Bytes> read_file(const std::filesystem::path& path, int64_t bytes_max) {
  const bool from_stdin = path == standard_stream;
  const Descriptor file(from_stdin ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid() && errno == ENOENT) return fail(Error::Kind::io, "There is no such file.");
  if (!file.valid()) return system_error("The file cannot be read ({0}).");
  const int64_t size = TRY(regular_file_size(file.get()));
  if (size > bytes_max) return too_large(bytes_max);
  return read_all(file.get(), size, bytes_max);
}

Status write_file(const std::filesystem::path& path, BytesView bytes, Overwrite overwrite) {
  if (path == standard_stream) return write_all(STDOUT_FILENO, bytes);
  // Asked early only to save the work; the naming itself is what refuses.
  if (overwrite == Overwrite::refuse && access(path.c_str(), F_OK) == 0) return fail_exists();
  const Descriptor nameless(open(folder_of(path).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0644));
  if (nameless.valid()) return write_nameless(nameless.get(), path, bytes, overwrite);
  if (is_without_nameless_files(errno)) return write_hidden_name(path, bytes, overwrite);
  return system_error("The output cannot be written ({0}).");
}

struct OutputFile::State {
  std::filesystem::path path;
  Overwrite overwrite;
  Descriptor file;
  TemporaryName hidden;  // Empty for a nameless file.
};

OutputFile::OutputFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
OutputFile::~OutputFile() = default;
OutputFile::OutputFile(OutputFile&&) noexcept = default;
OutputFile& OutputFile::operator=(OutputFile&&) noexcept = default;

Result<OutputFile> OutputFile::create(const std::filesystem::path& path, Overwrite overwrite) {
  if (overwrite == Overwrite::refuse && access(path.c_str(), F_OK) == 0) {
    return tl::unexpected(fail_exists().error());
  }
  std::string name;
  int fd = open(folder_of(path).c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0644);
  if (fd < 0 && is_without_nameless_files(errno)) {
    name = temporary_pattern(path);
    fd = mkstemp(name.data());
  }
  if (fd < 0) return system_error("The output cannot be written ({0}).");
  return OutputFile(std::unique_ptr<State>(
      new State{path, overwrite, Descriptor(fd), TemporaryName(std::move(name))}));
}

int OutputFile::descriptor() const { return state_->file.get(); }
std::filesystem::path OutputFile::unnamed_path() const { return self_path(descriptor()); }

Status OutputFile::finish() {
  const int fd = descriptor();
  TRY(flush(fd));
  if (*state_->hidden.get() == '\0') return name_nameless(fd, state_->path, state_->overwrite);
  return name_hidden(fd, state_->hidden, state_->path, state_->overwrite);
}

}  // namespace faceveil
