#include "app/inputs.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "media/audio_file.h"
#include "media/still.h"

namespace faceveil {
namespace {

namespace fs = std::filesystem;

// Names of pictures and films that may show faces, whether or not we can handle them.
constexpr std::array<std::string_view, 38> media_extensions = {
    "jpg", "jpeg", "jpe",  "jfif", "png", "apng", "webp", "tif", "tiff", "gif",
    "bmp", "heic", "heif", "avif", "jxl", "jp2",  "dng",  "cr2", "cr3",  "nef",
    "arw", "orf",  "raf",  "rw2",  "psd", "mp4",  "m4v",  "mov", "mkv",  "webm",
    "avi", "ts",   "mts",  "m2ts", "mpg", "mpeg", "wmv",  "3gp"};

std::string lower_extension(const fs::path& path) {
  std::string extension = path.extension().string();
  if (!extension.empty()) extension.erase(0, 1);
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

bool is_named_like_media(const fs::path& path) {
  return std::ranges::find(media_extensions, lower_extension(path)) != media_extensions.end();
}

bool is_known(const fs::path& path, bool with_sounds) {
  Bytes head(4096);
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(head.data()), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<size_t>(file.gcount()));
  return sniff_still(head).has_value() || (with_sounds && sniff_audio(head).has_value());
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with("."); }

tl::unexpected<Error> unreadable(const fs::path& folder, const std::error_code& error) {
  return tl::unexpected(Error{
      Error::Kind::io, "The folder cannot be read ({0}).", {error.message()}, folder.string()});
}

// Every regular file below `folder`, sorted.
Result<std::vector<fs::path>> list_folder(const fs::path& folder, bool recursive) {
  std::error_code error;
  fs::directory_iterator entries(folder, error);
  if (error) return unreadable(folder, error);
  std::vector<fs::path> files, folders;
  for (; entries != fs::directory_iterator(); entries.increment(error)) {
    if (error) return unreadable(folder, error);
    const fs::path path = entries->path();
    if (is_hidden(path)) continue;
    if (entries->is_regular_file(error)) files.push_back(path);
    if (recursive && entries->is_directory(error) && !entries->is_symlink(error)) {
      folders.push_back(path);
    }
  }
  for (const fs::path& below : folders) {
    const std::vector<fs::path> more = TRY(list_folder(below, recursive));
    files.insert(files.end(), more.begin(), more.end());
  }
  std::ranges::sort(files);
  return files;
}

Status add_folder(Inputs& inputs, const fs::path& folder, bool recursive, bool with_sounds) {
  for (const fs::path& path : TRY(list_folder(folder, recursive))) {
    if (is_known(path, with_sounds) || is_named_like_media(path)) {
      inputs.files.push_back({path, path.lexically_relative(folder), folder});
    } else {
      inputs.left_alone.push_back(path);
    }
  }
  return {};
}

}  // namespace

Result<Inputs> find_inputs(const std::vector<std::string>& names, bool recursive,
                           bool with_sounds) {
  Inputs inputs;
  for (const std::string& name : names) {
    const fs::path path(name);
    if (name != "-" && fs::is_directory(path)) {
      TRY(add_folder(inputs, path, recursive, with_sounds));
    } else {
      inputs.files.push_back({path, path.filename(), {}});
    }
  }
  return inputs;
}

}  // namespace faceveil
